import { UsageError } from '../../model/errors.ts';

export type Transport = 'https' | 'ssh' | 'http' | 'file';

/** What a remote may be reached by when nothing else is said. */
export const defaultTransports: readonly Transport[] = ['https', 'ssh'];

export interface RemoteUrl {
  readonly url: string;
  readonly transport: Transport;
}

// No letter that a shell, ssh or git's own URL helpers give a meaning to.
const pathPattern = /^\/[\w.~+@/%-]*$/;
const hostPattern = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])$/;
const userPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const shortSshPattern = /^(?:(?<user>[^@/:]+)@)(?<host>[^@/:]+):(?<path>[^:]+)$/;
const longPattern =
  /^(?<scheme>https|http|ssh|file):\/\/(?:(?<user>[^@/:]+)@)?(?<host>\[[^\]/]*\]|[^@/:]*)(?::(?<port>\d{1,5}))?(?<path>\/.*)$/;

/**
 * Reads a remote's URL by a grammar of our own, before any git library sees it: `https://host/path`,
 * `ssh://user@host/path`, `user@host:path`, and where allowed `http://` and `file:///`. Schemes are lower-case, as a
 * mixed-case one (`ExT::`) once passed a filter elsewhere. No password, query, fragment or option-like part.
 * @throws UsageError that never repeats the URL, which may hold a password.
 */
export function readRemoteUrl(url: string, allowed: readonly Transport[] = defaultTransports): RemoteUrl {
  const groups = (longPattern.exec(url) ?? shortSshPattern.exec(url))?.groups;
  if (groups === undefined || url.length > 2048) throw refusal('it has none of the forms that Drover knows');
  const transport = (groups['scheme'] ?? 'ssh') as Transport;
  if (!allowed.includes(transport)) throw refusal(`${transport} is not allowed`);
  const problem = partsProblem(transport, groups);
  if (problem !== undefined) throw refusal(problem);
  return { url, transport };
}

type Parts = Readonly<Record<string, string | undefined>>;

function partsProblem(transport: Transport, parts: Parts): string | undefined {
  return hostProblem(transport, parts) ?? pathProblem(parts['path'] ?? '');
}

function hostProblem(transport: Transport, { user, host = '', port = '0' }: Parts): string | undefined {
  if (transport === 'file' ? host !== '' : !hostPattern.test(host)) return 'its host is not a host name';
  if (user !== undefined && transport !== 'ssh') return 'user names belong into the settings';
  if (user !== undefined && !userPattern.test(user)) return 'its user name is not one';
  return Number(port) > 65_535 ? 'its port is not one' : undefined;
}

function pathProblem(path: string): string | undefined {
  const whole = path.startsWith('/') ? path : `/${path}`;
  if (!pathPattern.test(whole) || path.startsWith('-')) return 'its path has characters that are not allowed';
  return whole.split('/').includes('..') ? "its path has '..'" : undefined;
}

function refusal(reason: string): UsageError {
  return new UsageError(`the remote's URL is refused: ${reason}`, {
    hint: 'Write https://host/owner/name.git or ssh://git@host/owner/name.git, without password.',
  });
}

/** A full commit, tree or blob id. Abbreviations and names are refused. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** A full reference name (`refs/heads/env/prod`), by git's rules and narrower: printable ASCII only. */
export function isRefName(text: string): boolean {
  const isShaped = /^refs(?:\/[A-Za-z0-9_%][A-Za-z0-9_.%+=@-]*)+$/.test(text) && text.length <= 512;
  const isSound = !text.includes('..') && !text.includes('@{') && !/(?:\.|\.lock)(?:\/|$)/.test(text);
  return isShaped && isSound && text.split('/').length >= 3;
}

/** What `ls-remote` may be asked for: a full name, or the beginning of one that ends in a slash. */
export function isRefPrefix(text: string): boolean {
  return text === 'refs/' || isRefName(text.endsWith('/') ? `${text}x` : text) || text === 'refs/heads/';
}
