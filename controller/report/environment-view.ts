import type { Condition } from '../model/condition.ts';

/** One environment as `drover status` and the API show it. */
export interface EnvironmentView {
  readonly name: string;
  readonly conditions: readonly Condition[];
  /** The live commit, once known. */
  readonly revision: string | undefined;
  readonly isLeading: boolean;
  readonly servers: readonly { readonly server: string; readonly state: string; readonly message: string }[];
  readonly units: readonly { readonly unit: string; readonly state: string; readonly message: string }[];
  readonly pull: { readonly number: number; readonly url: string } | undefined;
}
