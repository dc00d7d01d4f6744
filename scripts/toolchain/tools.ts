export type ToolName = 'nomad' | 'consul' | 'vault' | 'gitea' | 'node_exporter';

/** How one component is recognised and built. */
export interface ToolSpec {
  readonly name: ToolName;
  /** The pinned version, without `v`. */
  readonly version: string;
  /** The main package, the `tool` of `modules/<name>/go.mod`. */
  readonly package: string;
  readonly buildFlags: readonly string[];
  readonly needsC: boolean;
  readonly versionArguments: readonly string[];
  /** Folders of the module that the binary reads at run time. */
  readonly assets: readonly string[];
}

/** For every component: no paths of this machine in the binary, and none of its go.mod rewritten. */
export const commonFlags: readonly string[] = ['-mod=readonly', '-trimpath', '-buildvcs=false'];

const strip = '-s -w';

const tools: readonly ToolSpec[] = [
  {
    name: 'nomad',
    version: '1.11.3',
    package: 'github.com/hashicorp/nomad',
    buildFlags: [`-ldflags=${strip}`],
    needsC: false,
    versionArguments: ['version'],
    assets: [],
  },
  {
    name: 'consul',
    version: '1.20.5',
    package: 'github.com/hashicorp/consul',
    buildFlags: [`-ldflags=${strip}`],
    needsC: false,
    versionArguments: ['version'],
    assets: [],
  },
  {
    name: 'vault',
    version: '1.21.2',
    package: 'github.com/hashicorp/vault',
    buildFlags: ['-tags=minimal', `-ldflags=${strip}`],
    needsC: false,
    versionArguments: ['version'],
    assets: [],
  },
  {
    name: 'gitea',
    version: '1.26.0',
    package: 'code.gitea.io/gitea',
    // Gitea and node_exporter learn their version from the linker alone.
    buildFlags: ['-tags=sqlite,sqlite_unlock_notify', `-ldflags=${strip} -X main.Version=1.26.0`],
    needsC: true,
    versionArguments: ['--version'],
    assets: ['templates', 'options', 'public'],
  },
  {
    name: 'node_exporter',
    version: '1.12.1',
    package: 'github.com/prometheus/node_exporter',
    buildFlags: [`-ldflags=${strip} -X github.com/prometheus/common/version.Version=1.12.1`],
    needsC: false,
    versionArguments: ['--version'],
    assets: [],
  },
];

export const toolByName: ReadonlyMap<ToolName, ToolSpec> = new Map(tools.map((tool) => [tool.name, tool]));
