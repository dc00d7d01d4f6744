import type { ServerKeySpec } from '../../kinds/server-key/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { prettyJson } from '../../model/json.ts';
import type { ServerDocument } from '../../model/payload.ts';
import type { Resource } from '../../model/resource.ts';
import type { FileTree, Unit } from '../../model/tree.ts';
import { sourceOf, unitOptions } from '../annotations.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { serverAddress } from './address.ts';
import type { MachineView } from './machine-view.ts';
import { memberGroups } from './quorum-groups.ts';
import type { ServerSpec } from './schema.ts';

/** Sealed, a payload travels in at most 64 chunks of 360 KiB. */
const maxContentBytes = 16 * 1024 * 1024;

/** One unit a server: what its machine configurations make of it together, as `servers/<name>/`. */
export function renderServer(
  resource: Resource<ServerSpec>,
  fleet: Fleet,
): { units: readonly Unit[]; diagnostics: readonly Diagnostic[] } {
  const { name } = resource.metadata;
  const machine = fleet.machine(resource);
  const document = documentOf(resource, fleet, machine);
  const path = `servers/${name}/payload.json`;
  const files: FileTree = new Map([
    [path, new TextEncoder().encode(prettyJson(document))],
    ...[...machine.contents].map(([file, bytes]) => [`servers/${name}/${file}`, bytes] as const),
  ]);
  const unit: Unit = {
    kind: 'server',
    key: name,
    wave: 0,
    path,
    files,
    options: unitOptions(resource),
    source: sourceOf(resource),
  };
  return { units: [unit], diagnostics: [...machine.diagnostics, ...checkSize(resource, files)] };
}

function documentOf(resource: Resource<ServerSpec>, fleet: Fleet, machine: MachineView): ServerDocument {
  const { name, labels } = resource.metadata;
  return {
    version: 1,
    server: name,
    environment: fleet.environment.name,
    seal: sealKey(name, fleet),
    address: serverAddress(resource.spec) ?? '',
    labels,
    datacenter: resource.spec.datacenter ?? 'dc1',
    state: resource.spec.state ?? 'Active',
    groups: memberGroups(resource, fleet),
    confirmTimeoutMs: fleet.environment.rules.rollout.confirmTimeoutMs,
    ...machine.spec,
  };
}

/** The key that payloads are sealed to; none before the server joined, or when its key was revoked. */
function sealKey(name: string, fleet: Fleet): string | null {
  const key = fleet.find<ServerKeySpec>('ServerKey', name);
  return key === undefined || key.spec.revoked !== undefined ? null : key.spec.seal;
}

function checkSize(resource: Resource<ServerSpec>, files: FileTree): readonly Diagnostic[] {
  let size = 0;
  for (const bytes of files.values()) size += bytes.length;
  if (size <= maxContentBytes) return [];
  const message = `the files of ${resource.metadata.name} have ${size} bytes, ${maxContentBytes} are the most`;
  return [finding(resource, [], { entry: kindCodes.tooLarge, message })];
}
