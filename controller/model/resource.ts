import type { Span } from './diagnostic.ts';
import type { JsonObject } from './json.ts';

export const apiVersion = 'drover.dev/v1alpha1';

/** A path inside a resource document: `['spec', 'files', '/etc/motd', 'mode']`. */
export type FieldPath = readonly (string | number)[];

/** Whether a place is inside another, or is it. */
export function isInside(path: FieldPath, outer: FieldPath): boolean {
  return outer.every((step, index) => String(path[index]) === String(step));
}

export interface Metadata {
  readonly name: string;
  /** The Nomad namespace; set (to `default` at least) on kinds that live in one, absent elsewhere. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Finds the place in the source that a field came from: the last layer that set it, else its nearest parent. */
export type Locate = (path: FieldPath, part?: 'key' | 'value') => Span;

/** One definition after overlay and expressions, with its schema checked. `S` is the spec's type. */
export interface Resource<S = JsonObject> {
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec: S;
  /** The source file that declared it first; relative file references are resolved from its folder. */
  readonly path: string;
  readonly locate: Locate;
}

/** `Server/web-1` or `NomadJob/shop/web`: unique in an environment. */
export type ResourceId = string;

export function resourceId(resource: {
  kind: string;
  metadata: Pick<Metadata, 'name' | 'namespace'>;
}): ResourceId {
  const { name, namespace } = resource.metadata;
  return namespace === undefined ? `${resource.kind}/${name}` : `${resource.kind}/${namespace}/${name}`;
}

/** Stands for a resource of that kind whose name is not known. */
export function nameless(kind: string): ResourceId {
  return resourceId({ kind, metadata: { name: '' } });
}

/** The label that a text was probably meant to be; `undefined` where nothing is left of it, or too much. */
export function labelFor(text: string): string | undefined {
  const label = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return isLabel(label) ? label : undefined;
}

/** Whether a text may name a resource: a DNS label in lower case, 63 characters at most. */
export function isLabel(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}
