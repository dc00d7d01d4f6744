import { compareDiagnostics, type Diagnostic } from '../model/diagnostic.ts';

/** Findings in the order in which they are shown, each once: a template is expanded for many servers. */
export function distinctFindings(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = found.toSorted(compareDiagnostics);
  return sorted.filter((diagnostic, index) => {
    const former = sorted[index - 1];
    return former === undefined || compareDiagnostics(former, diagnostic) !== 0;
  });
}
