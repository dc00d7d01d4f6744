import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { parseAllDocuments } from 'yaml';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { ownFolder, runDrover } from '../cli/run-drover.ts';
import { readCase, readTwin } from '../compile/read-case.ts';
import { type RealNomad, startRealNomad } from './real-nomad.ts';

const cases = path.resolve(import.meta.dirname, '..');
/** Rules that say of a job that Nomad refuses it. */
const refused =
  /^(?:DRV0591|DRV0683-job|DRV0692-job|DRV0694-tasks|DRV0803|DRV0809|DRV0811|DRV0812|DRV0874|DRV0879|DRV0880-no-driver|DRV0883|DRV0884-signal|DRV089[0-59])/;

let nomad: RealNomad;

test.before(async () => {
  nomad = await startRealNomad({ client: false });
});
test.after.always(async () => {
  await nomad?.stop();
});

/** What Nomad says of each job of a folder. */
async function refusals(source: SourceTree): Promise<readonly string[]> {
  const texts = source.files.map(({ bytes }) => new TextDecoder().decode(bytes));
  const documents = texts.flatMap((text) => parseAllDocuments(text).map((one) => one.toJS() as unknown));
  const jobs = documents.flatMap((document) => {
    const { kind, spec } = document as { kind: string; spec: { json: { ID: string } } };
    return kind === 'NomadJob' ? [{ Name: spec.json.ID, Datacenters: ['*'], ...spec.json }] : [];
  });
  const answers = await Promise.all(jobs.map((Job) => nomad.request('POST', 'validate/job', { Job })));
  return answers.flatMap(
    (answer) => (answer as { ValidationErrors: string[] | null }).ValidationErrors ?? [],
  );
}

test('what rules say Nomad refuses it refuses, and takes once it is corrected', async (t) => {
  const names = (await readdir(path.join(cases, 'bad'))).filter((name) => refused.test(name));
  t.true(names.length > 15);
  for (const name of names) {
    const [bad, good] = [path.join(cases, 'bad', name), path.join(cases, 'good', name)];
    t.true((await refusals(readCase(bad))).length > 0, name);
    t.deepEqual(await refusals(readTwin(bad, good)), [], name);
  }
});

const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    demo: {folders: [base], cluster: demo}
`;

const job = `job "web" {
  group "web" {
    network {
      port "http" {}
    }
    service {
      name = "web"
      port = "htpp"
      check {
        type     = "http"
        path     = "/"
        interval = "10s"
        timeout  = "20s"
      }
    }
    task "web" {
      driver = "docker"
      config {
        image = "web:1"
      }
      env {
        DB_PASSWORD = "hunter2hunter2"
      }
      template {
        data        = "host: {{ host }}"
        destination = "local/web.yaml"
      }
      template {
        data        = <<-T
          {{ with secret "kv/data/shop/db" }}{{ .Data.data.password }}{{ end }}
        T
        destination = "local/password"
      }
    }
  }
}
`;

test('mistakes in HCL are told at their lines and columns of the file', async (t) => {
  const folder = await ownFolder(t);
  await mkdir(path.join(folder, 'base'));
  await writeFile(path.join(folder, 'drover.yaml'), project);
  await writeFile(path.join(folder, 'base/web.nomad.hcl'), job);
  const env = { DROVER_NOMAD: nomad.binary, HOME: await ownFolder(t) };
  const { out } = await runDrover(['validate', folder, '--format', 'json'], { env });
  const found = JSON.parse(out) as readonly (Pick<Diagnostic, 'code' | 'message'> & {
    readonly path: string;
    readonly line: number;
    readonly column: number;
  })[];
  t.deepEqual(
    found.map(({ code, path: file, line, column }) => `${code} ${file}:${line}:${column}`),
    [
      'DRV0802 base/web.nomad.hcl:8:14',
      'DRV0804 base/web.nomad.hcl:13:20',
      'DRV0828 base/web.nomad.hcl:22:23',
      'DRV0881 base/web.nomad.hcl:25:30',
      'DRV0825 base/web.nomad.hcl:30:27',
      'DRV0829 base/web.nomad.hcl:32:23',
    ],
  );
  t.false(out.includes('hunter2'));
});
