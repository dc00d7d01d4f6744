import type { JsonObject } from '../model/json.ts';

export interface LiveObject {
  readonly key: string;
  /** In the form that definitions render to, server-made fields stripped: compare it as it is. */
  readonly spec: JsonObject;
  /** For check-and-set where the API has it, else `undefined`. */
  readonly index: number | undefined;
  /** The name that the system itself gave it, where it has one: an auth mount's accessor in Vault. */
  readonly accessor?: string;
}

/** One kind of plain object of Nomad, Consul or Vault (namespace, policy, mount, auth, role): read and write by key. */
export interface ClusterObjects {
  read(key: string, signal: AbortSignal): Promise<LiveObject | undefined>;
  /** Creates or updates; with `expected` only if nobody wrote in between. @throws ConflictError, RejectedError. */
  write(
    request: { key: string; spec: JsonObject; expected: LiveObject | undefined },
    signal: AbortSignal,
  ): Promise<void>;
  /** Gone already is fine. @throws RejectedError when it is in use. */
  remove(key: string, signal: AbortSignal): Promise<void>;
}
