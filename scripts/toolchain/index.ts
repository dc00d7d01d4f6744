import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { buildTools, type WantedBuild } from './build-tools.ts';
import { cacheKey, cacheRoot, readEntry } from './cache.ts';
import { searchPath } from './search-path.ts';
import { type ToolName, type ToolSpec, toolByName } from './tools.ts';
import { isAcceptable, probeVersion } from './version.ts';

export type { ToolName } from './tools.ts';
export const toolNames: readonly ToolName[] = [...toolByName.keys()];

export interface Tool {
  readonly name: ToolName;
  readonly version: string;
  /** Absolute path of the executable. */
  readonly binary: string;
  /** The folder of templates and the like that the binary reads at run time; `undefined` when it brings its own. */
  readonly home: string | undefined;
  readonly from: 'PATH' | 'cache' | 'build';
}

export interface ToolchainOptions {
  readonly log: (line: string) => void;
}

const modules = path.join(import.meta.dirname, 'modules');

async function findOnPath(spec: ToolSpec, log: (line: string) => void): Promise<Tool | undefined> {
  for (const binary of await searchPath(spec.name, process.env['PATH'] ?? '')) {
    const version = await probeVersion(spec, binary);
    if (version === undefined || !isAcceptable(version, spec.version)) {
      log(`${binary} is ${version ?? 'of no known version'}; ${spec.version} is needed, so it is not used`);
      continue;
    }
    if (version !== spec.version)
      log(`${binary} is ${version}; tried with ${spec.version}, used all the same`);
    return { name: spec.name, version, binary, home: undefined, from: 'PATH' };
  }
  return undefined;
}

async function wantedBuild(spec: ToolSpec, root: string): Promise<WantedBuild> {
  const module = path.join(modules, spec.name);
  const goMod = await readFile(path.join(module, 'go.mod'), 'utf8');
  const goSum = await readFile(path.join(module, 'go.sum'), 'utf8');
  return { spec, module, folder: path.join(root, cacheKey(spec, goMod, goSum)) };
}

async function findInCache(
  { spec, folder }: WantedBuild,
  from: 'cache' | 'build',
): Promise<Tool | undefined> {
  const entry = await readEntry(spec, folder);
  if (entry === undefined || (await probeVersion(spec, entry.binary)) !== spec.version) return undefined;
  return { name: spec.name, version: spec.version, binary: entry.binary, home: entry.home, from };
}

/**
 * Finds each component on PATH, else in the user's cache, else builds it with Go into that cache. The order of the answer is
 * that of `names`.
 * @throws Error that says what to install when nothing can be built.
 */
export async function ensureTools(
  names: readonly ToolName[],
  options: ToolchainOptions,
): Promise<readonly Tool[]> {
  const root = cacheRoot(process.env, homedir());
  const found = new Map<ToolName, Tool>();
  const missing: WantedBuild[] = [];
  await Promise.all(
    names.map(async (name) => {
      const spec = toolByName.get(name);
      if (spec === undefined) throw new Error(`unknown component ${name}`);
      const wanted = await wantedBuild(spec, root);
      const tool = (await findOnPath(spec, options.log)) ?? (await findInCache(wanted, 'cache'));
      if (tool) found.set(name, tool);
      else missing.push(wanted);
    }),
  );
  if (missing.length > 0) {
    const what = missing.map(({ spec }) => `${spec.name} ${spec.version}`).join(', ');
    options.log(
      `to build, once: ${what}; about ${missing.length * 3} minutes on two cores, cached in ${root}`,
    );
    const isThere = async (wanted: WantedBuild) => (await findInCache(wanted, 'build')) !== undefined;
    await buildTools(root, missing, { log: options.log, isThere });
    for (const wanted of missing) {
      const tool = await findInCache(wanted, 'build');
      if (tool) found.set(wanted.spec.name, tool);
    }
  }
  return names.map((name) => {
    const tool = found.get(name);
    if (tool === undefined) throw new Error(`${name} was built but does not run`);
    return tool;
  });
}

/** One component of {@link ensureTools}. */
export async function ensureTool(name: ToolName, options: ToolchainOptions): Promise<Tool> {
  const [tool] = await ensureTools([name], options);
  if (tool === undefined) throw new Error(`${name} was not found`);
  return tool;
}
