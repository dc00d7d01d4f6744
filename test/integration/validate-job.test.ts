import test from 'ava';
import { createProgramChecker } from '../../controller/adapters/programs/checker.ts';
import { askedJobs } from '../../controller/analyse/jobs/asked-jobs.ts';
import { validateFindings } from '../../controller/analyse/jobs/validate-findings.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import { fakeFleet } from '../fakes/fleet.ts';
import { sampleJobs } from './sample-jobs.ts';
import { useNomad } from './use-nomad.ts';

const signal = AbortSignal.timeout(240_000);
const used = useNomad(test, { client: false });

/** What the program says offline, and what a server says of the very same job. */
async function bothSay(json: JsonObject) {
  const fleet = fakeFleet({
    resources: [{ kind: 'NomadJob', name: 'job', namespace: 'default', spec: { json } }],
  });
  const [asked] = askedJobs(fleet, []);
  if (asked === undefined) throw new Error('the job could not be read');
  const checker = createProgramChecker({ searchPath: '', binaries: { nomad: used.server.binary } });
  const verdict = await checker.check(asked.config, signal);
  if (verdict === undefined) throw new Error('the program could not judge');
  const answer = (await used.server.request('PUT', 'validate/job', { Job: asked.job.job })) as {
    readonly ValidationErrors: readonly string[] | null;
  };
  return {
    offline: validateFindings(fleet, [{ asked, verdict }]).map(({ message }) => message),
    online: answer.ValidationErrors ?? [],
  };
}

async function parse(hcl: string): Promise<JsonObject> {
  const outcome = await used.nomad.parser.parse({ path: 'x', hcl, variables: {}, files: new Map() }, signal);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.job;
}

for (const [id, hcl] of Object.entries(sampleJobs)) {
  test.serial(`the job "${id}" is refused by neither`, async (t) => {
    t.deepEqual(await bothSay(await parse(hcl)), { offline: [], online: [] });
  });
}

const group = (body: string, type = 'service') => `job "job" {
  type = "${type}"
  group "g" {
    network { mode = "bridge" }
    ${body}
  }
}`;
const task = 'task "t" {\n      driver = "docker"\n      config { image = "x" }\n    }';
const gateway = `service {
      name = "gw"
      port = "8080"
      connect {
        gateway {
          ingress {
            listener {
              port     = 8080
              protocol = "tcp"
              service { name = "x" }
            }
          }
        }
      }
    }`;
const sidecar = `service {
      name = "x"
      port = "9090"
      check {
        type     = "http"
        path     = "/health"
        expose   = true
        interval = "10s"
        timeout  = "2s"
      }
      connect {
        sidecar_service {
          proxy {
            upstreams {
              destination_name = "db"
              local_bind_port  = 8080
            }
          }
        }
      }
    }`;

/** What servers do to a job before they look at it must not make a difference. */
const made: Readonly<Record<string, string>> = {
  'a gateway that has no task of its own': group(gateway),
  'a sidecar alone': group(sidecar),
  'a sidecar beside a task': group(`${sidecar}\n    ${task}`),
  'a native service': group(
    `service {\n      name = "n"\n      port = "9090"\n      task = "t"\n      connect { native = true }\n    }\n    ${task}`,
  ),
};

for (const [title, hcl] of Object.entries(made)) {
  test.serial(`${title} is refused by neither`, async (t) => {
    t.deepEqual(await bothSay(await parse(hcl)), { offline: [], online: [] });
  });
}

const wrong: Readonly<Record<string, string>> = {
  'a group without any task': group(''),
  'two tasks of one name': group(`${task}\n    ${task}`),
  'a canary count of none that is promoted': group(`update { auto_promote = true }\n    ${task}`),
  'an update block of a system batch job': group(`update { max_parallel = 1 }\n    ${task}`, 'sysbatch'),
  'a volume that is not declared': group(
    task.replace(
      'config {',
      'volume_mount {\n        volume = "z"\n        destination = "/x"\n      }\n      config {',
    ),
  ),
  'a template that leaves the folder': group(
    task.replace(
      'config {',
      'template {\n        data = "x"\n        destination = "../../../x"\n      }\n      config {',
    ),
  ),
  'less memory than Nomad gives': group(task.replace('config {', 'resources { memory = 5 }\n      config {')),
  'a check without a path': group(
    `service {\n      name = "n"\n      port = "9090"\n      check {\n        type = "http"\n        interval = "1s"\n        timeout = "1s"\n      }\n    }\n    ${task}`,
  ),
  'a disk too small': group(`ephemeral_disk { size = 1 }\n    ${task}`),
  'a constraint that is no expression': group(
    `constraint {\n      attribute = "\${attr.kernel.name}"\n      operator = "regexp"\n      value = "("\n    }\n    ${task}`,
  ),
};

for (const [title, hcl] of Object.entries(wrong)) {
  test.serial(`${title} is refused by both, in the same words`, async (t) => {
    const { offline, online } = await bothSay(await parse(hcl));
    const last = (message: string) => message.split(': ').at(-1) ?? '';
    const leaves = online
      .join('\n')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.endsWith('occurred:'))
      .map((line) => line.replace(/^\s*\* /, ''));
    t.true(leaves.length > 0);
    t.deepEqual(offline.map(last), leaves.map(last));
  });
}
