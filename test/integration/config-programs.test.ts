import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import test from 'ava';
import { createProgramChecker } from '../../controller/adapters/programs/checker.ts';
import { ensureTools } from '../../scripts/toolchain/index.ts';
import { samples } from '../adapters/programs/samples.ts';
import { configCheckerContract } from '../contracts/config-checker.ts';

const searchPath = process.env['PATH'] ?? '';

async function binaries(): Promise<Readonly<Record<string, string>>> {
  const tools = await ensureTools(['consul', 'nomad'], { log: () => undefined });
  return Object.fromEntries(tools.map(({ name, binary }) => [name, binary]));
}

const tools = binaries();

for (const form of ['consul', 'nomad'] as const) {
  configCheckerContract(test, form, {
    create: async () => createProgramChecker({ searchPath: '', binaries: await tools }),
    samples: samples[form],
  });
}

function isHere(program: string): boolean {
  return searchPath.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** These come with the system, where they come at all. */
const ofTheSystem = [
  ['prometheus', 'promtool'],
  ['prometheus-rules', 'promtool'],
  ['nginx', 'nginx'],
] as const;

for (const [form, program] of ofTheSystem) {
  if (isHere(program)) {
    configCheckerContract(test, form, {
      create: async () => createProgramChecker({ searchPath }),
      samples: samples[form],
    });
  } else {
    test.skip(`${form}: ${program} is not on PATH`, (t) => t.pass());
  }
}
