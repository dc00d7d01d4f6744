/** What a definitions revision may hold. Larger ones are refused before their content is read. */
export interface SourceLimits {
  /** A larger file is left unread: it is a finding, and the others are read. */
  readonly fileBytes: number;
  readonly totalBytes: number;
  readonly files: number;
  /** Folders on the way to a file, plus one. */
  readonly depth: number;
  readonly pathBytes: number;
}

export const defaultLimits: SourceLimits = {
  fileBytes: 1024 * 1024,
  totalBytes: 64 * 1024 * 1024,
  files: 20_000,
  depth: 32,
  pathBytes: 1024,
};
