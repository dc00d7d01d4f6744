import { compareDiagnostics, type Diagnostic } from '../model/diagnostic.ts';

/** The same mistake has the same code, place and words; the environment does not matter. */
function identity({ code, span, message }: Diagnostic): string {
  return JSON.stringify([code, span.path, span.line, span.column, message]);
}

/**
 * All findings of a run as they are shown: sorted, each mistake once. One that several environments have is shown without an
 * environment, and with what the others say of it in other words; one that shows at several places, with these. To be asked
 * after waivers, each of which accepts what is at its own place alone.
 */
export function mergeDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const merged = [...Map.groupBy(diagnostics, identity).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      same.every(({ environment }) => environment === first.environment) ? first : withoutEnvironment(first),
    ];
  });
  const places = Map.groupBy(merged.sort(compareDiagnostics), placeOf);
  return oneOfEach([...places.values()].flatMap(oneOfAll));
}

/** One mistake at several places is told at the first, and as an error where it is one. */
function oneOfEach(found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.every(({ mistake }) => mistake === undefined)) return found;
  const alike = Map.groupBy(found, (finding) => finding.mistake?.key ?? finding);
  const told = [...alike.values()].flatMap((same) => {
    const first = same.find(({ severity }) => severity === 'error') ?? same[0];
    if (first === undefined) return [];
    const others = same.filter((other) => other !== first);
    const isOfOne = others.every(({ environment }) => environment === first.environment);
    const { mistake: _mistake, ...finding } = isOfOne ? first : withoutEnvironment(first);
    const elsewhere = Map.groupBy(others, spanKey);
    elsewhere.delete(spanKey(first));
    const places = [...elsewhere.values()].flatMap(([other]) =>
      other === undefined ? [] : [{ message: other.mistake?.also ?? '', span: other.span }],
    );
    return [places.length === 0 ? finding : { ...finding, related: [...places, ...(finding.related ?? [])] }];
  });
  return told.sort(compareDiagnostics);
}

function spanKey({ span: { path, line, column, endLine, endColumn } }: Diagnostic): string {
  return JSON.stringify([path, line, column, endLine, endColumn]);
}

function placeOf(finding: Diagnostic): string {
  return `${finding.code} ${spanKey(finding)}`;
}

/** What each of several environments says once of one place is one mistake: numbers and names of servers differ. */
function oneOfAll(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const [first, ...others] = found;
  const environments = new Set(found.map(({ environment }) => environment));
  const isOneEach = environments.size === found.length && !environments.has(undefined);
  if (first === undefined || others.length === 0 || !isOneEach) return found;
  const related = others.map(({ environment, message, span }) => ({
    message: `in ${environment ?? ''}: ${message}`,
    span,
  }));
  const { environment = '' } = first;
  const message = `${first.message} (in ${environment})`;
  return [withoutEnvironment({ ...first, message, related: [...related, ...(first.related ?? [])] })];
}

/** Divides the findings of all environments into those that all have, and each one's own. */
export function hoistShared(lists: readonly (readonly Diagnostic[])[]): {
  readonly shared: readonly Diagnostic[];
  readonly own: readonly (readonly Diagnostic[])[];
} {
  const unique = lists.map((list) => new Map(list.map((finding) => [identity(finding), finding])));
  const [first, ...others] = unique;
  const shared = [...(first ?? [])].filter(([key]) => others.every((other) => other.has(key)));
  const keys = new Set(shared.map(([key]) => key));
  return {
    shared: shared.map(([, finding]) => withoutEnvironment(finding)),
    own: unique.map((list) =>
      [...list].flatMap(([key, finding]) => (keys.has(key) ? [] : [finding])).sort(compareDiagnostics),
    ),
  };
}

function withoutEnvironment({ environment: _environment, ...finding }: Diagnostic): Diagnostic {
  return finding;
}
