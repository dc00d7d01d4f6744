import test from 'ava';
import type { Json } from '../../controller/model/json.ts';
import { judge } from '../properties/judge.ts';
import { exampleSeed, sourceFrom } from '../properties/seeds.ts';

const seed = exampleSeed();
const project = seed.documents['drover.yaml'] ?? [];
const length = 200_000;
/** Far above what any of them takes, far below what anything but a linear reading would. */
const maxCpuMs = 5000;

function cpuMsOf(documents: Readonly<Record<string, readonly Json[]>>): number {
  const source = sourceFrom({ documents: { 'drover.yaml': project, ...documents }, others: [] });
  const started = process.cpuUsage();
  judge(source);
  return process.cpuUsage(started).user / 1000;
}

const document = (kind: string, spec: Json): Json => ({
  apiVersion: 'drover.dev/v1alpha1',
  kind,
  metadata: { name: 'slow' },
  spec,
});

const forms: Readonly<Record<string, (text: string) => Json>> = {
  'HCL of a job': (inline) => document('NomadJob', { hcl: { inline } }),
  'rules of Consul': (inline) => document('ConsulACLPolicy', { rules: { inline } }),
  'the time of an alert': (text) => document('AlertRule', { expr: 'up == 0', for: text }),
};

for (const [what, form] of Object.entries(forms)) {
  test(`no text makes ${what} slow to read`, (t) => {
    for (const piece of ['\n', '\r', '  \n', '#\n', '/*', 'x y\n', '<<E\n', '"', 'a=', '0']) {
      const text = `x${piece.repeat(length / piece.length)}`;
      t.true(cpuMsOf({ 'base/a.yaml': [form(text)] }) < maxCpuMs, JSON.stringify(piece));
    }
  });
}

test('a project of very many environments or folders is past a limit, not past the memory', (t) => {
  const environments = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`e${index}`, { folders: ['base'], cluster: 'all' }]),
  );
  const folders = Array.from({ length: 2000 }, (_, index) => `base${index}`);
  for (const spec of [{ environments }, { environments: { all: { folders, cluster: 'all' } } }]) {
    const source = sourceFrom({
      documents: { ...seed.documents, 'drover.yaml': [document('Project', spec)] },
      others: [],
    });
    t.true(judge(source).findings.some(({ code }) => code === 'DRV0104'));
  }
});
