import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { parse } from 'yaml';
import { createOfflineParser } from '../../controller/adapters/nomad/offline-parser.ts';
import { createProgramChecker } from '../../controller/adapters/programs/checker.ts';
import { createMemoryMemo } from '../../controller/adapters/system/memory-memo.ts';
import { askedAlerts } from '../../controller/analyse/governance/alert-tests.ts';
import type { AlertRuleSpec } from '../../controller/kinds/alert-rule/schema.ts';
import { compileSource } from '../../controller/reconcile/compile-source.ts';
import { readFolder } from '../../controller/source/read-folder.ts';
import { ensureTools } from '../../scripts/toolchain/index.ts';
import { samples } from '../adapters/programs/samples.ts';
import { sourceOf } from '../compile/source-of.ts';
import { configCheckerContract } from '../contracts/config-checker.ts';
import { fakeFleet } from '../fakes/fleet.ts';

const searchPath = process.env['PATH'] ?? '';

async function binaries(): Promise<Readonly<Record<string, string>>> {
  const tools = await ensureTools(['consul', 'nomad'], { log: () => undefined });
  return Object.fromEntries(tools.map(({ name, binary }) => [name, binary]));
}

const tools = binaries();

for (const form of ['consul', 'nomad', 'nomad-job'] as const) {
  configCheckerContract(test, form, {
    create: async () => createProgramChecker({ searchPath: '', binaries: await tools }),
    samples: samples[form],
  });
}

const acme = fileURLToPath(new URL('../../manifests/examples/acme', import.meta.url));

/** What programs say of the sample fleet, and how many configurations they were given. */
async function askAbout(change: (text: string) => string) {
  const { consul = '', nomad = '' } = await tools;
  const signal = AbortSignal.timeout(60_000);
  const { files } = await readFolder(acme, signal);
  const changed = files.map(({ path, bytes }) => [path, change(new TextDecoder().decode(bytes))] as const);
  const memo = createMemoryMemo();
  const checker = createProgramChecker({ searchPath: '', binaries: { consul, nomad } });
  const verdicts: unknown[] = [];
  const ports = {
    parser: createOfflineParser({ binary: nomad }),
    memo,
    droverVersion: '0.4.0',
    configChecker: {
      version: (...asked: Parameters<typeof checker.version>) => checker.version(...asked),
      check: async (...asked: Parameters<typeof checker.check>) => {
        const verdict = await checker.check(...asked);
        verdicts.push(verdict);
        return verdict;
      },
    },
  };
  const { diagnostics } = await compileSource(ports, sourceOf(Object.fromEntries(changed)), signal);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const found = errors.map(({ code, message, span }) => `${code} ${span.path}:${span.line} ${message}`);
  return { found, verdicts };
}

test('what is rendered for the sample fleet is accepted by Consul and Nomad', async (t) => {
  const { found, verdicts } = await askAbout((text) => text);
  t.deepEqual(found, []);
  t.true(verdicts.length >= 4);
  t.true(verdicts.every((verdict) => (verdict as { ok?: boolean } | undefined)?.ok === true));
});

test('a setting that no version knows is told where the fleet says it, once for all servers', async (t) => {
  const { found } = await askAbout((text) =>
    text.replace('http_max_conns_per_client:', 'http_max_conn:').replace('gc_interval:', 'gc_pause:'),
  );
  const lines = readFileSync(`${acme}/base/clusters.yaml`, 'utf8').split('\n');
  const lineOf = (word: string) => lines.findIndex((line) => line.includes(word)) + 1;
  t.deepEqual(found, [
    `DRV0860 base/clusters.yaml:${lineOf('http_max_conns')} consul validate refuses /etc/consul.d/consul.json: invalid config key limits.http_max_conn`,
    `DRV0861 base/clusters.yaml:${lineOf('gc_interval')} nomad config validate refuses /etc/nomad.d/nomad.json: client unexpected keys gc_pause`,
  ]);
});

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
  ['prometheus-tests', 'promtool'],
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

const testOfPromtool = isHere('promtool') ? test : test.skip;

testOfPromtool(
  'the example of an alert passes its own tests, and fails when they expect another thing',
  async (t) => {
    const example = parse(readFileSync('controller/kinds/alert-rule/example.yaml', 'utf8')) as {
      spec: AlertRuleSpec;
    };
    const checker = createProgramChecker({ searchPath });
    const judge = async (spec: object) => {
      const fleet = fakeFleet({ resources: [{ kind: 'AlertRule', name: 'shop-backup', spec }] });
      const [asked] = askedAlerts(fleet);
      return asked === undefined ? undefined : checker.check(asked.config, AbortSignal.timeout(20_000));
    };
    t.deepEqual(await judge(example.spec), { ok: true });
    t.is((await judge({ ...example.spec, expr: 'vector(0) > 1' }))?.ok, false);
  },
);
