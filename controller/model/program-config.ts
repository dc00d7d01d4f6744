/** What a program of its own can judge: an agent's configuration, Prometheus' and its rules, a web server's. */
export type ServerConfigForm = 'consul' | 'nomad' | 'prometheus' | 'prometheus-rules' | 'nginx';

/** The same, one job in the API's JSON, or an alert with its unit tests. */
export type ConfigForm = ServerConfigForm | 'nomad-job' | 'prometheus-tests';

/** Files that belong together: those of one program on a server, or a job. */
export interface ConfigToCheck {
  readonly form: ConfigForm;
  /** What the program is given: absolute paths of files or folders on the server. */
  readonly entries: readonly string[];
  /** By absolute path on the server; secrets are replaced by harmless words. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What the program says of one place. */
export interface ConfigProblem {
  /** Absolute path on the server; absent when the program names none. */
  readonly path?: string;
  /** Counts from 1. */
  readonly line?: number;
  readonly message: string;
}

export type ConfigVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };
