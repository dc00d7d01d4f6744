import { createHmac, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../model/json.ts';

/** What a delivery says has moved. A hint to look sooner: nothing is decided by its content. */
export type WebhookEvent =
  | { readonly kind: 'push'; readonly delivery: string; readonly refs: readonly string[] }
  | {
      readonly kind: 'pull';
      readonly delivery: string;
      /** The branches of the pull request, full names. */
      readonly refs: readonly string[];
      readonly number: number;
    };

export type HeaderMap = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Gitea sends GitHub's headers beside its own, so its own are looked at first. */
const prefixes = ['x-forgejo', 'x-gitea'] as const;
const pullEvents = /^(pull_request|pull_request_.*|issue_comment)$/;

/**
 * Checks and reads one delivery. `rawBody` are the bytes as received: the signature is over them.
 * Gives `undefined` for whatever is not signed with the secret, not understood or malformed; never throws.
 */
export function readGiteaWebhook(
  headers: HeaderMap,
  rawBody: Uint8Array,
  secret: string,
): WebhookEvent | undefined {
  const prefix = prefixes.find((candidate) => textOf(headers[`${candidate}-event`]) !== undefined);
  if (prefix === undefined || secret === '') return undefined;
  const signature = textOf(headers[`${prefix}-signature`]) ?? '';
  if (!isSignedWith(secret, rawBody, signature)) return undefined;
  const event = textOf(headers[`${prefix}-event`]) ?? '';
  const delivery = (textOf(headers[`${prefix}-delivery`]) ?? '').slice(0, 100);
  const body = parseBody(rawBody);
  if (event === 'push') return pushEvent(body, delivery);
  return pullEvents.test(event) ? pullEvent(body, delivery) : undefined;
}

/** In constant time; both sides are hashed to one length first, so unequal lengths neither throw nor tell. */
function isSignedWith(secret: string, body: Uint8Array, signature: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest('hex');
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest();
  return timingSafeEqual(digest(expected), digest(signature.toLowerCase()));
}

function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function parseBody(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)) as unknown;
  } catch {
    return undefined;
  }
}

function pushEvent(body: unknown, delivery: string): WebhookEvent | undefined {
  if (!isJsonObject(body) || !isRef(body.ref)) return undefined;
  return { kind: 'push', delivery, refs: [body.ref] };
}

/** A comment's delivery has no branches; the number suffices to look the pull request up. */
function pullEvent(body: unknown, delivery: string): WebhookEvent | undefined {
  if (!isJsonObject(body)) return undefined;
  const pull = objectOr(body.pull_request);
  const number = [pull.number, objectOr(body.issue).number, body.number].find((value) => value !== undefined);
  if (!isCount(number)) return undefined;
  const branches = [objectOr(pull.head).ref, objectOr(pull.base).ref];
  const refs = branches.filter((ref) => isRef(ref)).map((ref) => `refs/heads/${ref}`);
  return { kind: 'pull', delivery, refs, number };
}

function objectOr(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isRef(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1024;
}
