import { gitBlobId } from '../../controller/model/git-object.ts';
import type { SourceFile, SourceTree } from '../../controller/model/source.ts';

/** Definitions of a fleet of this size, made in memory: servers in each environment, one configuration for all, jobs as API JSON. */
export function makeFleet(
  servers: number,
  jobs: number,
  environments: readonly string[] = ['prod'],
): SourceTree {
  const files = [
    file('drover.yaml', project(environments)),
    file('base/machines.yaml', machines),
    ...environments.flatMap((name, place) =>
      range(servers).map((index) => file(`env/${name}/s${index}.yaml`, server(place * servers + index))),
    ),
    ...range(jobs).map((index) => file(`base/jobs/j${index}.yaml`, job(index))),
  ];
  return { commit: undefined, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function file(path: string, text: string): SourceFile {
  const bytes = new TextEncoder().encode(text);
  return { path, bytes, blobId: gitBlobId(bytes) };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function project(environments: readonly string[]): string {
  const specs = environments.map(
    (name) => `    ${name}: {folders: [base, env/${name}], cluster: ${name}, vars: {domain: example.org}}\n`,
  );
  return `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: bench}
spec:
  environments:
${specs.join('')}`;
}

const machines = `apiVersion: drover.dev/v1alpha1
kind: MachineConfig
metadata: {name: base}
spec:
  selector: {}
  files:
    /etc/motd: {content: "\${{ server.name }} of \${{ vars.domain }}\\n", template: true}
    /etc/static.conf: {content: "static = yes\\n"}
`;

function server(index: number): string {
  return `apiVersion: drover.dev/v1alpha1
kind: Server
metadata: {name: s${index}, labels: {role: client}}
spec:
  class: {cores: 4, memory: 8Gi}
  interfaces: {lan: {address: 10.${Math.floor(index / 250)}.${index % 250}.1}}
`;
}

function job(index: number): string {
  return `apiVersion: drover.dev/v1alpha1
kind: NomadJob
metadata: {name: j${index}, namespace: default}
spec:
  json:
    ID: j${index}
    Type: service
    Datacenters: ["*"]
    TaskGroups:
      - Name: web
        Count: 1
        Tasks:
          - {Name: web, Driver: raw_exec, Config: {command: /bin/true}, Env: {INDEX: "${index}"}}
`;
}
