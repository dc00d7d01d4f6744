/** The current version of a KV v2 secret, without its values. */
export interface SecretVersion {
  readonly version: number;
  /** As Vault writes it: with the version it names the content for good (versions restart after a metadata delete). */
  readonly createdTime: string;
  readonly deleted: boolean;
  /** KV v2's `custom_metadata`: readable without the values. Empty when there is none. */
  readonly notes: Readonly<Record<string, string>>;
}

/** Vault KV v2. Paths are mount and path without `data/`: `kv/shop/db`. */
export interface Secrets {
  /** `undefined` only when it never existed (404 without a body). @throws UnavailableError when sealed or down. */
  version(path: string, signal: AbortSignal): Promise<SecretVersion | undefined>;
  /** The values of that version. */
  read(path: string, version: number, signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Check-and-set; `expectedVersion` 0: must never have existed. @throws ConflictError. */
  write(
    path: string,
    request: { values: Readonly<Record<string, string>>; expectedVersion: number },
    signal: AbortSignal,
  ): Promise<SecretVersion>;
  /** Sets these notes, keeps all others. Works before the first version exists. */
  annotate(path: string, notes: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void>;
}
