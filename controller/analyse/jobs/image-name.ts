import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf, textOf } from '../../model/json-values.ts';
import { type Alike, foldAlike } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { driverCodes } from './driver-codes.ts';
import { allGroups, type JobTask } from './job-parts.ts';

/** Images of containers are names that a registry can have. */
export const imageName: Rule = (fleet) =>
  foldAlike(
    allGroups(fleet).flatMap(({ tasks, fleetJob }) => tasks.flatMap((task) => checkTask(task, fleetJob.id))),
  );

function checkTask({ task, name, locate }: JobTask, job: string): readonly Alike[] {
  const image = textOf(objectOf(task['Config'])['image']);
  if (task['Driver'] !== 'docker' || image === '' || image.includes('${')) return [];
  const problem = imageProblem(image.replace(/^https?:\/\//, ''));
  if (problem === undefined) return [];
  const span = locate({ block: 'config', attribute: 'image' });
  const finding = findingOf(driverCodes.image, { span, message: `${image} is no image: ${problem}` });
  return [{ key: JSON.stringify([job, image]), finding, also: `${name} has the same image` }];
}

const maxTagLength = 128;

/** `registry:5000/team/web:1.2@sha256:…`: what is wrong with it, in one sentence. */
export function imageProblem(image: string): string | undefined {
  const [named = '', ...digests] = image.split('@');
  const [digest] = digests;
  if (digests.length > 1) return 'it has two digests';
  return digestProblem(digest) ?? nameProblem(named);
}

function digestProblem(digest: string | undefined): string | undefined {
  if (digest === undefined) return undefined;
  const [, algorithm, digits = ''] = /^([a-z0-9+._-]+):([0-9a-f]+)$/.exec(digest) ?? [];
  if (algorithm === undefined) return `a digest is written as sha256:…, in lower case`;
  if (algorithm !== 'sha256' || digits.length === 64) return undefined;
  return `a digest of sha256 has 64 digits, and this one ${digits.length}`;
}

function nameProblem(named: string): string | undefined {
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? 'latest' : named.slice(colon + 1);
  if (!/^\w[\w.-]*$/.test(tag) || tag.length > maxTagLength) return `"${tag}" can’t be a tag`;
  const parts = (colon < 0 ? named : named.slice(0, colon)).split('/');
  const wrong = parts.slice(isHost(parts) ? 1 : 0).find((part) => !isPart(part));
  if (wrong === undefined) return undefined;
  return wrong === '' ? 'a part of its name is empty' : `"${wrong}" can’t be a part of its name`;
}

function isHost([first = '', ...rest]: readonly string[]): boolean {
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
}

function isPart(part: string): boolean {
  return /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/.test(part);
}
