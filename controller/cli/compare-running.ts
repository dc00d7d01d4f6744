import { compareLive } from '../apply/l2/compare-live.ts';
import { UsageError } from '../model/errors.ts';
import type { LiveFinding } from '../model/plan.ts';
import { printable } from '../model/printable.ts';
import { type InventoryEntry, unitKey } from '../model/tree.ts';
import { listed } from '../plan/words/counting.ts';
import { openImportSystems, type SystemTexts } from './import-systems.ts';
import type { CliIo, ExitCode } from './io.ts';
import { renderSource } from './render-source.ts';
import { noHistory } from './verify-import.ts';

export interface CompareRunningRequest {
  readonly directory: string;
  readonly environment: string | undefined;
  readonly addresses: SystemTexts;
  readonly tokenFiles: SystemTexts;
  readonly nomadProgram: string | undefined;
}

/** Shows how what is declared differs from what runs, by the controller's own comparison. Writes nothing anywhere. */
export async function compareRunning(request: CompareRunningRequest, io: CliIo): Promise<ExitCode> {
  const { directory, environment: asked, nomadProgram: nomad } = request;
  const wanted = { directory, environment: asked, at: undefined, repoUrl: '', nomad };
  const rendered = await renderSource(wanted, io);
  if (!rendered.ok) return rendered.exitCode;
  const { environment, tree, inventory } = rendered;
  const entries = inventory.entries.filter((entry) => isAsked(entry, request.addresses));
  if (entries.length === 0) {
    throw new UsageError(`${environment} declares nothing of the systems whose addresses are given`);
  }
  const systems = await openImportSystems(request, io);
  try {
    const request = { environment, tree, inventory: { ...inventory, entries }, history: noHistory };
    const found = await compareLive(systems.ports, request, io.signal);
    const sources = new Map(entries.map((entry) => [unitKey(entry), entry.source.path]));
    io.out(comparisonText(found, sources));
    return found.every(({ state }) => state === 'equal') ? 0 : 1;
  } finally {
    systems.close();
  }
}

/** Servers are told by their agents; the rest by the system that their kind is named after. */
function isAsked({ kind }: InventoryEntry, addresses: SystemTexts): boolean {
  return (['nomad', 'consul', 'vault'] as const).some(
    (system) => kind.startsWith(`${system}-`) && addresses[system] !== undefined,
  );
}

const stateWords = { differs: 'different', absent: 'not there', unknown: 'not known' } as const;
const maxNames = 5;

/** What is not equal, each with its reasons, and the numbers. What a system does not tell is said once for all of it. */
export function comparisonText(found: readonly LiveFinding[], sources: ReadonlyMap<string, string>): string {
  const unequal = found.flatMap(({ unit, state, notes }) => {
    if (state === 'equal') return [];
    const words = notes.length === 0 ? stateWords[state] : notes.join('; ');
    return [{ words, isKnown: state !== 'unknown', name: `${unit} (${sources.get(unit) ?? '?'})` }];
  });
  const groups = Map.groupBy(unequal, ({ words, isKnown, name }) => (isKnown ? name : words));
  const lines = [...groups.values()].map((group) => {
    const names = listed(
      group.map(({ name }) => name),
      maxNames,
    );
    return `${printable(`${names}: ${group[0]?.words ?? ''}`)}\n`;
  });
  const numbers = (['differs', 'absent', 'unknown'] as const).flatMap((state) => {
    const count = found.filter((finding) => finding.state === state).length;
    return count === 0 ? [] : [`, ${count} ${stateWords[state]}`];
  });
  const equal = found.filter(({ state }) => state === 'equal').length;
  const total = `compared with what runs: ${equal} of ${found.length} equal${numbers.join('')}\n`;
  return lines.length === 0 ? total : `${lines.join('')}\n${total}`;
}
