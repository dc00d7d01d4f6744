import type { JobRef } from './jobs.ts';

/** What a job's author sent beside the job. */
export interface JobSource {
  readonly text: string;
  readonly format: 'hcl2' | 'json' | 'other';
  /** Texts of variable files, as they were. */
  readonly variables: string;
  /** Values given by name: texts in the notation of the command line. */
  readonly flags: Readonly<Record<string, string>>;
}

export interface JobSources {
  /** That of one version; `undefined` when Nomad keeps none. */
  read(ref: JobRef, version: number, signal: AbortSignal): Promise<JobSource | undefined>;
}
