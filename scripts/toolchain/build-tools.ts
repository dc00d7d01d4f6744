import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { withBuildLock } from './build-lock.ts';
import { publishEntry } from './cache.ts';
import { goBuild } from './go-build.ts';
import { searchPath } from './search-path.ts';
import type { ToolSpec } from './tools.ts';
import { probeVersion } from './version.ts';

const scratchPrefix = '.build-';

export interface WantedBuild {
  readonly spec: ToolSpec;
  readonly module: string;
  /** The cache entry to make. */
  readonly folder: string;
}

async function requireCompilers(wanted: readonly WantedBuild[]): Promise<void> {
  const searched = process.env['PATH'] ?? '';
  const names = wanted.map(({ spec }) => `${spec.name} ${spec.version}`).join(', ');
  if ((await searchPath('go', searched)).length === 0) {
    throw new Error(
      `${names}: not on PATH and not in the cache, and there is no Go to build with. ` +
        'Install these programs, or Go 1.26 or newer (https://go.dev/dl), and run this again.',
    );
  }
  const needsC = wanted.filter(({ spec }) => spec.needsC).map(({ spec }) => spec.name);
  if (needsC.length > 0 && (await searchPath('gcc', searched)).length === 0) {
    throw new Error(`${needsC.join(', ')}: building needs a C compiler. Install gcc, and run this again.`);
  }
}

/** Caches of a run that was killed: gigabytes. Called under the lock, so nobody uses them. */
async function removeLeftovers(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (name.startsWith(scratchPrefix)) await rm(path.join(root, name), { recursive: true, force: true });
  }
}

async function buildOne(wanted: WantedBuild, scratch: string, log: (line: string) => void): Promise<void> {
  const { spec, module, folder } = wanted;
  const startedAt = Date.now();
  const output = path.join(scratch, 'out', spec.name);
  await goBuild({ spec, module, scratch, output, log });
  const version = await probeVersion(spec, path.join(output, spec.name));
  if (version !== spec.version) {
    throw new Error(`${spec.name} was built but says it is ${version ?? 'nothing'}, not ${spec.version}`);
  }
  await publishEntry(spec, output, folder);
  log(`built ${spec.name} ${spec.version} in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

/**
 * Builds into the cache, one after another and one process at a time. `isThere` is asked again under the lock: the process
 * that was waited for may have made the same.
 */
export async function buildTools(
  root: string,
  wanted: readonly WantedBuild[],
  options: { log: (line: string) => void; isThere: (wanted: WantedBuild) => Promise<boolean> },
): Promise<void> {
  await requireCompilers(wanted);
  await mkdir(root, { recursive: true });
  await withBuildLock(path.join(root, '.lock'), options.log, async () => {
    await removeLeftovers(root);
    // One scratch for all: the modules share hundreds of packages.
    const scratch = await mkdtemp(path.join(root, scratchPrefix));
    try {
      for (const each of wanted) {
        if (!(await options.isThere(each))) await buildOne(each, scratch, options.log);
      }
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
}
