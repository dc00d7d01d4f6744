import { inspect } from 'node:util';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { diagnosticCodes } from '../../controller/diagnostic-codes.ts';
import { compareDiagnostics, type Diagnostic, type Span } from '../../controller/model/diagnostic.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { checkEnvironments } from '../../controller/reconcile/check-environments.ts';
import { renderOnce } from '../../controller/reconcile/render-checked.ts';
import { formatDiagnostics } from '../../controller/report/format-diagnostics.ts';

/** What Nomad's parser would have made of each HCL job. */
export type ParseStandIn = (job: { readonly name: string; readonly namespace: string }) => JsonObject;

export interface Judged {
  readonly findings: readonly Diagnostic[];
  /** What would be committed, by environment; none where there are errors. */
  readonly trees: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
}

const droverVersion = '0.4.0';
const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
const provenance = { droverVersion, parserVersion: '', repoUrl: '', revision };

/** Everything that happens to definitions before somebody may propose them: compile, check, render. */
export function judge(source: SourceTree, standIn?: ParseStandIn): Judged {
  const project = compileProject(source, { droverVersion });
  const parsed = new Map(
    [...project.environments].map(([name, { hclJobs }]) => {
      const jobs = standIn === undefined ? [] : hclJobs;
      return [name, new Map(jobs.map(({ id }) => [id, { ok: true as const, job: parsedJob(id, standIn) }]))];
    }),
  );
  const options = { today: '2026-06-15' };
  const checked = checkEnvironments(project, source, { parsed, options });
  const { diagnostics, diagnosticsByEnvironment, fleets } = checked;
  const compiled = { ...checked, source, project };
  const sound = [...fleets.keys()].filter(
    (name) => diagnosticsByEnvironment.get(name)?.every(({ severity }) => severity !== 'error') === true,
  );
  return {
    findings: diagnostics,
    trees: new Map(
      sound.map((environment) => [environment, renderOnce(compiled, { environment, provenance }).tree]),
    ),
  };
}

function parsedJob(id: string, standIn: ParseStandIn | undefined): JsonObject {
  const [, namespace = 'default', name = ''] = id.split('/');
  return standIn?.({ name, namespace }) ?? {};
}

/** What no input may bring about, as sentences: empty when all is well. */
export function complaintsOf(source: SourceTree, { findings }: Judged): readonly string[] {
  const lines = new Map(source.files.map(({ path, bytes }) => [path, linesOf(bytes)]));
  const complaints = findings.flatMap((finding) => complaintsAbout(finding, lines));
  const order = findings.toSorted(compareDiagnostics);
  if (order.some((finding, index) => finding !== findings[index]))
    complaints.push('the findings are not sorted');
  const told = findings.map(({ code, span, message }) => JSON.stringify([code, span, message]));
  const twice = told.filter((each, index) => told.indexOf(each) !== index);
  complaints.push(...twice.map((each) => `told twice: ${each}`));
  for (const format of ['text', 'json', 'sarif', 'github'] as const)
    formatDiagnostics(findings, format, { source, codes: diagnosticCodes, droverVersion });
  return complaints;
}

function linesOf(bytes: Uint8Array): readonly string[] {
  return new TextDecoder().decode(bytes).split('\n');
}

function complaintsAbout(finding: Diagnostic, lines: ReadonlyMap<string, readonly string[]>): string[] {
  const spans = [finding.span, ...(finding.related ?? []).map(({ span }) => span)];
  const bad = spans.flatMap((span) => spanComplaint(span, lines) ?? []);
  const words = [finding.message, finding.hint ?? 'no hint'].filter((text) =>
    /undefined|\[object|^$/.test(text),
  );
  return [...bad, ...words].map(
    (complaint) => `${complaint}: ${inspect(finding, { breakLength: 200 }).slice(0, 800)}`,
  );
}

function spanComplaint(span: Span, lines: ReadonlyMap<string, readonly string[]>): string | undefined {
  const text = lines.get(span.path);
  if (text === undefined) return span.path === 'drover.yaml' ? undefined : 'the file is not there';
  return placeComplaint(span, text);
}

function placeComplaint(span: Span, text: readonly string[]): string | undefined {
  const { line, column, endLine, endColumn } = span;
  if (!isInside(text, line, column)) return 'it begins outside the file';
  if (!isInside(text, endLine, endColumn)) return 'it ends outside the file';
  const isForward = endLine > line || (endLine === line && endColumn >= column);
  return isForward ? undefined : 'it ends before it begins';
}

function isInside(text: readonly string[], line: number, column: number): boolean {
  const found = text[line - 1];
  return found !== undefined && column >= 1 && column <= found.length + 1;
}
