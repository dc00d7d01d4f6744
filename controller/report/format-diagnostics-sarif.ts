import type { Diagnostic, RelatedPlace, Severity, Span } from '../model/diagnostic.ts';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import { sha256Hex } from '../model/hash.ts';
import type { FormatContext } from './format-context.ts';
import { lineHashes } from './line-hashes.ts';
import { pathInRepository } from './path-in-repository.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** GitHub refuses a file with more, and of these shows the 5,000 that are worst. */
const mostResults = 25_000;
const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The text of a file of the definitions; none where there is no such file. */
type ReadText = (path: string) => string | undefined;

type SarifContext = Pick<FormatContext, 'codes' | 'droverVersion' | 'waived' | 'folder'>;

/** SARIF 2.1.0, as code scanning reads it. Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function diagnosticsSarif(
  diagnostics: readonly Diagnostic[],
  { codes, droverVersion, waived = [], folder }: SarifContext,
  textOf: ReadText,
): string {
  const findings = worst(diagnostics, mostResults);
  const accepted = waived.slice(0, mostResults - findings.length);
  const reported = new Set([...findings, ...accepted.map(({ finding }) => finding)].map(({ code }) => code));
  const rules = codes.filter(({ code }) => reported.has(code));
  const toResult = createResults(rules, { folder, hashOf: createHashes(textOf) });
  const results = [
    ...findings.map((finding) => toResult(finding)),
    ...accepted.map(({ finding, reason }) => ({
      ...toResult(finding),
      suppressions: [{ kind: 'inSource', status: 'accepted', justification: reason }],
    })),
  ];
  const left = diagnostics.length + waived.length - results.length;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'drover', semanticVersion: droverVersion, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        ...(left === 0 ? {} : { invocations: [leftOut(left)] }),
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** As many as there may be, in their order: of too many those go that weigh least. */
function worst(diagnostics: readonly Diagnostic[], most: number): readonly Diagnostic[] {
  if (diagnostics.length <= most) return diagnostics;
  const kept = diagnostics.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]).slice(0, most);
  const isKept = new Set(kept);
  return diagnostics.filter((finding) => isKept.has(finding));
}

function leftOut(count: number): object {
  const text = `${count} findings are left out: a file holds ${mostResults}`;
  return {
    executionSuccessful: true,
    toolExecutionNotifications: [{ level: 'warning', message: { text } }],
  };
}

/** GitHub's own hash of a finding's line; none of a line that may hold a secret, which could be guessed from it. */
function createHashes(textOf: ReadText): (finding: Diagnostic) => string | undefined {
  const byPath = new Map<string, readonly string[]>();
  return ({ span, hidesText }) => {
    const text = hidesText === true ? undefined : textOf(span.path);
    if (text === undefined) return undefined;
    const hashes = byPath.get(span.path) ?? lineHashes(text);
    byPath.set(span.path, hashes);
    return hashes[span.line - 1];
  };
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

interface ResultContext {
  readonly folder: string | undefined;
  readonly hashOf: (finding: Diagnostic) => string | undefined;
}

function createResults(
  rules: readonly CodeEntry[],
  { folder, hashOf }: ResultContext,
): (finding: Diagnostic) => object {
  const indexByCode = new Map(rules.map(({ code }, index) => [code, index]));
  const seen = new Map<string, number>();
  return (finding) => {
    const { code, severity, message, span, environment, related = [], hint } = finding;
    const index = indexByCode.get(code);
    const hash = hashOf(finding);
    const where = environment === undefined ? '' : ` (${environment})`;
    return {
      ruleId: code,
      ...(index === undefined ? {} : { ruleIndex: index }),
      level: levels[severity],
      message: { text: `${message}${where}${hint === undefined ? '' : `\nhint: ${hint}`}` },
      locations: [{ physicalLocation: physical(span, folder) }],
      ...(related.length === 0
        ? {}
        : { relatedLocations: related.map((place, at) => relatedLocation(place, at + 1, folder)) }),
      partialFingerprints: {
        ...(hash === undefined ? {} : { primaryLocationLineHash: hash }),
        'drover/v1': fingerprint(finding, seen),
      },
      ...(environment === undefined ? {} : { properties: { environment } }),
    };
  };
}

function relatedLocation({ message, span }: RelatedPlace, id: number, folder: string | undefined): object {
  return { id, message: { text: message }, physicalLocation: physical(span, folder) };
}

function physical({ path, line, column, endLine, endColumn }: Span, folder: string | undefined): object {
  const uri = pathInRepository(path, folder).split('/').map(encodeURIComponent).join('/');
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
