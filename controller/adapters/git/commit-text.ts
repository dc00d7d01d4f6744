import { DefectError, SourceError } from '../../model/errors.ts';
import type { Commit, CommitRequest } from '../../ports/objects.ts';

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** The body of a commit object. Times are written in UTC, so that the same request gives the same id anywhere. */
export function encodeCommit(
  request: Pick<CommitRequest, 'parents' | 'message' | 'date'> & { readonly tree: string },
  identity: Identity,
): Uint8Array {
  const seconds = Math.floor(Date.parse(request.date) / 1000);
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new DefectError(`'${request.date}' is not a date`);
  if (/[<>\n\0]/.test(identity.name + identity.email) || request.message.includes('\0')) {
    throw new DefectError('a commit with control characters was to be written');
  }
  const person = `${identity.name} <${identity.email}> ${seconds} +0000`;
  const lines = [
    `tree ${request.tree}`,
    ...request.parents.map((parent) => `parent ${parent}`),
    `author ${person}`,
    `committer ${person}`,
    '',
    request.message.endsWith('\n') ? request.message : `${request.message}\n`,
  ];
  return Buffer.from(lines.join('\n'));
}

/** @throws SourceError when it is no commit object that git could have written. */
export function parseCommit(id: string, body: Uint8Array): Commit {
  const text = Buffer.from(body).toString();
  const end = text.indexOf('\n\n');
  const headers = (end < 0 ? text : text.slice(0, end)).split('\n');
  const message = end < 0 ? '' : text.slice(end + 2);
  const tree = headerValues(headers, 'tree')[0];
  const author = parsePerson(headerValues(headers, 'author')[0] ?? '');
  const committer = parsePerson(headerValues(headers, 'committer')[0] ?? '');
  if (tree === undefined || author === undefined || committer === undefined) {
    throw new SourceError(`commit ${id} can't be read`);
  }
  const [subject = '', ...rest] = message.split('\n');
  return {
    id,
    tree,
    parents: headerValues(headers, 'parent'),
    author: author.person,
    committer: committer.person,
    date: author.date,
    subject,
    body: rest.join('\n').trim(),
  };
}

function headerValues(headers: readonly string[], name: string): string[] {
  return headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
}

function parsePerson(text: string): { person: string; date: string } | undefined {
  const match = /^(?<person>.*>) (?<seconds>-?\d{1,12})(?: [+-]\d{4})?$/.exec(text);
  const seconds = Number(match?.groups?.['seconds']);
  if (match === null || !Number.isFinite(seconds)) return undefined;
  const date = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return { person: match.groups?.['person'] ?? '', date };
}
