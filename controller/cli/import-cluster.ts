import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AdoptedItem, LeftBehind, Taken } from '../adopt/adopted-item.ts';
import { importReport, importSummary } from '../adopt/import-report.ts';
import { type Settled, settle } from '../adopt/settle.ts';
import { takeAll } from '../adopt/take-all.ts';
import { adoptTargets } from '../adopt/targets/index.ts';
import { compareJob } from '../apply/l2/compare-job.ts';
import { compileProject } from '../compile/compile-project.ts';
import { guardHcl } from '../compile/hcl-guard.ts';
import { editorSchemas, modeline } from '../edit/editor-schema.ts';
import { kinds } from '../kinds/index.ts';
import { UsageError } from '../model/errors.ts';
import type { JsonObject } from '../model/json.ts';
import { unitKey } from '../model/tree.ts';
import type { CompilePorts } from '../reconcile/compile-source.ts';
import { droverVersion } from '../version.ts';
import { type ImportPlace, openImportPlace, sourceFile, withFiles } from './import-place.ts';
import { type ImportSystems, openImportSystems, type SystemTexts } from './import-systems.ts';
import type { CliIo, ExitCode } from './io.ts';
import { openParser } from './open-source.ts';
import { findingsText } from './print-findings.ts';
import { createVerify, renderImport } from './verify-import.ts';
import { writeSchemas } from './write-schemas.ts';

export interface ImportRequest {
  readonly directory: string;
  readonly environment: string | undefined;
  readonly addresses: SystemTexts;
  readonly tokenFiles: SystemTexts;
  readonly namespaces: readonly string[];
  /** Each with a slash at its end. */
  readonly kvPrefixes: readonly string[];
  readonly report: string | undefined;
  readonly force: boolean;
  readonly nomadProgram: string | undefined;
}

/** Reads the systems, settles what definitions say the same, and only then writes. */
export async function importCluster(request: ImportRequest, io: CliIo): Promise<ExitCode> {
  const place = await openImportPlace(request, (source) => compileProject(source, { droverVersion }), io);
  const compilePorts = await openParser(request.nomadProgram, io);
  const systems = await openImportSystems(request, io);
  try {
    // A folder that is still to be written is no mistake.
    const begun = [sourceFile(path.posix.join(place.folder, 'README.md'), '')];
    const source = withFiles(place.source.files, begun);
    const before = await renderImport({ place, compilePorts, source }, io.signal);
    if (before.result === undefined && before.errors.length > 0) {
      io.err(findingsText(before.errors, place.source));
      return 1;
    }
    const declared = new Set((before.result?.inventory.entries ?? []).map(unitKey));
    const found = withoutDeclared(await takeFrom({ request, systems, compilePorts }, io), declared);
    const taken = { ...found, items: found.items.map((item) => besidePresent(item, place, request.force)) };
    const verify = createVerify({ place, compilePorts, ports: systems.ports });
    const settled = await settle(taken, { verify, head: (file) => headOf(place.folder, file) }, io.signal);
    const written = await writeAll(place, settled, request);
    io.out(wordsOf(settled, { written, place, declared: declared.size }));
    if (request.report !== undefined) {
      await writeFile(path.resolve(io.cwd, request.report), importReport(settled));
      io.out(`the whole report: ${request.report}\n`);
    }
    return settled.unproven.length === 0 && settled.kept.length > 0 ? 0 : 1;
  } finally {
    systems.close();
  }
}

async function takeFrom(
  context: { request: ImportRequest; systems: ImportSystems; compilePorts: CompilePorts },
  io: CliIo,
): Promise<Taken> {
  const { request, systems, compilePorts } = context;
  const { namespaces, kvPrefixes } = request;
  const parse = async (hcl: string): Promise<JsonObject | undefined> => {
    if (guardHcl('import.nomad.hcl', hcl, new Set()).length > 0) return undefined;
    const files = new Map<string, Uint8Array>();
    const job = { path: 'import.nomad.hcl', hcl, variables: {}, files };
    const outcome = await compilePorts.parser.parse(job, io.signal);
    return outcome.ok ? outcome.job : undefined;
  };
  const world = { ...systems.world, namespaces, kvPrefixes, compareJob, parse };
  return takeAll(adoptTargets, world, io.signal);
}

/** A second import takes what has come since. */
function withoutDeclared(taken: Taken, declared: ReadonlySet<string>): Taken {
  const isNew = ({ unit }: AdoptedItem) => !declared.has(unit);
  const isOpen = ({ unit }: LeftBehind) => unit === undefined || !declared.has(unit);
  return { ...taken, items: taken.items.filter(isNew), left: taken.left.filter(isOpen) };
}

/** What has come since stands in a file of its own, beside the one that people may have changed. */
function besidePresent(item: AdoptedItem, { folder, present }: ImportPlace, force: boolean): AdoptedItem {
  const { file } = item;
  if (file === undefined || force || file.startsWith('jobs/')) return item;
  const isFree = (name: string) => !present.has(path.posix.join(folder, name));
  let free = file;
  for (let count = 2; !isFree(free); count += 1) free = file.replace(/\.yaml$/, `-${count}.yaml`);
  return { ...item, file: free };
}

function headOf(folder: string, file: string): string {
  const up = path.posix.relative(
    path.posix.dirname(path.posix.join(folder, file)),
    '.drover/schema/all.json',
  );
  return `${modeline(up)}\n`;
}

/** All or nothing, as far as what is there already goes. */
async function writeAll(
  place: ImportPlace,
  { laid }: Settled,
  { force }: ImportRequest,
): Promise<readonly string[]> {
  const files = [...laid.files].map(([name, text]) => [path.posix.join(place.folder, name), text] as const);
  const inTheWay = files.map(([name]) => name).filter((name) => place.present.has(name));
  if (inTheWay.length > 0 && !force) {
    const more = inTheWay.length > 1 ? ` and ${inTheWay.length - 1} more are` : ' is';
    throw new UsageError(`${inTheWay[0]}${more} there already: nothing was written`, {
      hint: 'Give another folder, or --force to write over what an import wrote.',
    });
  }
  const all = place.project === undefined ? files : [['drover.yaml', place.project] as const, ...files];
  if (files.length === 0) return [];
  for (const [name, text] of all) {
    const file = path.join(place.directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  }
  if (place.project !== undefined) {
    await writeSchemas(path.join(place.directory, '.drover/schema'), editorSchemas([...kinds.values()]));
  }
  return all.map(([name]) => name);
}

function wordsOf(
  settled: Settled,
  { written, place, declared }: { written: readonly string[]; place: ImportPlace; declared: number },
): string {
  const known = declared === 0 ? '' : `${declared} objects are declared already and stay as they are\n`;
  const proof =
    settled.unproven.length === 0 && settled.kept.length > 0
      ? `\ncompared with what runs: nothing to do for all ${settled.kept.length}\n`
      : '';
  const where = written.length === 0 ? '' : `${written.length} files in ${place.directory}\n`;
  return `${importSummary(settled)}${known}${proof}${where}`;
}
