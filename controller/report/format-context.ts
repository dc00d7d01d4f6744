import type { WaivedFinding } from '../model/diagnostic.ts';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import type { SourceTree } from '../model/source.ts';

export interface FormatContext {
  /** For the code frames. */
  readonly source: SourceTree;
  /** What is known of each code: why it is refused, in text and SARIF. */
  readonly codes: readonly CodeEntry[];
  readonly droverVersion: string;
  /** Where in their repository the definitions lie, for programs that look for files from its root; empty there. */
  readonly folder?: string;
  /** What was looked at, in words: `12 definitions in 2 environments`. */
  readonly checked?: string;
  readonly waived?: readonly WaivedFinding[];
}
