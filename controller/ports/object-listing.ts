/** The keys of one kind of object, for systems that are looked at without knowing what is there. Reads only. */
export interface ObjectListing {
  /**
   * Sorted keys, as `ClusterObjects` reads them. `below` is the kind of config entries, the auth mount of roles, the folder of
   * secrets; empty for all. @throws DeniedError where the system would show a part without saying so.
   */
  keys(below: string, signal: AbortSignal): Promise<readonly string[]>;
}
