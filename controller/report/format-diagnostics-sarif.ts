import type { Diagnostic, RelatedPlace, Severity, Span } from '../model/diagnostic.ts';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import { sha256Hex } from '../model/hash.ts';
import type { FormatContext } from './format-context.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0, as code scanning reads it. Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function diagnosticsSarif(
  diagnostics: readonly Diagnostic[],
  context: Pick<FormatContext, 'codes' | 'droverVersion' | 'waived'>,
): string {
  const { codes, droverVersion, waived = [] } = context;
  const reported = new Set([...diagnostics, ...waived.map(({ finding }) => finding)].map(({ code }) => code));
  const rules = codes.filter(({ code }) => reported.has(code));
  const toResult = createResults(rules);
  const results = [
    ...diagnostics.map((finding) => toResult(finding)),
    ...waived.map(({ finding, reason }) => ({
      ...toResult(finding),
      suppressions: [{ kind: 'inSource', status: 'accepted', justification: reason }],
    })),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'drover', semanticVersion: droverVersion, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ code, severity, title, why, fix }: CodeEntry): object {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} What to do: ${fix}.`, markdown: `${why}\n\n*What to do:* ${fix}.` },
    defaultConfiguration: { level: levels[severity] },
  };
}

function createResults(rules: readonly CodeEntry[]): (finding: Diagnostic) => object {
  const indexByCode = new Map(rules.map(({ code }, index) => [code, index]));
  const seen = new Map<string, number>();
  return (finding) => {
    const { code, severity, message, span, environment, related = [], hint } = finding;
    const index = indexByCode.get(code);
    const where = environment === undefined ? '' : ` (${environment})`;
    return {
      ruleId: code,
      ...(index === undefined ? {} : { ruleIndex: index }),
      level: levels[severity],
      message: { text: `${message}${where}${hint === undefined ? '' : `\nhint: ${hint}`}` },
      locations: [{ physicalLocation: physical(span) }],
      ...(related.length === 0 ? {} : { relatedLocations: related.map(relatedLocation) }),
      partialFingerprints: { 'drover/v1': fingerprint(finding, seen) },
      ...(environment === undefined ? {} : { properties: { environment } }),
    };
  };
}

function relatedLocation({ message, span }: RelatedPlace, index: number): object {
  return { id: index + 1, message: { text: message }, physicalLocation: physical(span) };
}

function physical({ path, line, column, endLine, endColumn }: Span): object {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region };
}

/** Without line numbers, so that lines added above do not make an old finding new; twins are counted. */
function fingerprint(
  { code, span, message, environment = '' }: Diagnostic,
  seen: Map<string, number>,
): string {
  const identity = JSON.stringify([code, span.path, message, environment]);
  const count = seen.get(identity) ?? 0;
  seen.set(identity, count + 1);
  return sha256Hex(`${identity} ${count}`);
}
