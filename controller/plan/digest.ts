import type { Rules } from '../model/environment.ts';
import { sha256Hex } from '../model/hash.ts';
import { canonicalJson } from '../model/json.ts';

export interface DigestInput {
  readonly environment: string;
  /** Git tree ids without `hydrator.metadata`. */
  readonly liveTreeId: string;
  readonly proposalTreeId: string;
  /** The live branch's. */
  readonly rules: Rules;
}

/** Names a plan: what approvals and confirmations refer to. Known offline and untouched by drift. Source: decision 14. */
export function planDigest({ environment, liveTreeId, proposalTreeId, rules }: DigestInput): string {
  return sha256Hex(canonicalJson([environment, liveTreeId, proposalTreeId, rulesId(rules)]));
}

export function rulesId(rules: Rules): string {
  return sha256Hex(canonicalJson(rules));
}
