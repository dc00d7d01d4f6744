import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { ServerDocument } from '../model/payload.ts';
import { hasApplied, type ServerStatus } from '../model/server-status.ts';
import type { FileTree, Inventory } from '../model/tree.ts';

/** States of servers that a job does not wait for: nobody knows when they come. */
const passedOver = new Set(['silent', 'held']);

/** Whether the servers that a job may land on (by datacenter) have applied what they shall have. */
export function createServersReady(
  tree: FileTree,
  inventory: Inventory,
  servers: readonly ServerStatus[],
): (job: JsonObject) => boolean {
  const statusByName = new Map(servers.map((status) => [status.server, status]));
  const documents = inventory.entries
    .filter(({ kind }) => kind === 'server')
    .flatMap(({ path }) => readDocument(tree.get(path)));
  return (job) => {
    const datacenters = datacentersOf(job);
    return documents
      .filter(
        ({ seal, datacenter }) => seal !== null && datacenters.some((glob) => matches(glob, datacenter)),
      )
      .every(({ server }) => {
        const status = statusByName.get(server);
        return status !== undefined && (hasApplied(status) || passedOver.has(status.state));
      });
  };
}

function readDocument(bytes: Uint8Array | undefined): readonly ServerDocument[] {
  if (bytes === undefined) return [];
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return isJsonObject(parsed) ? [parsed as unknown as ServerDocument] : [];
}

function datacentersOf(job: JsonObject): readonly string[] {
  const listed = job['Datacenters'];
  return Array.isArray(listed) ? listed.filter((name): name is string => typeof name === 'string') : ['*'];
}

/** Nomad's own globs: `*` stands for any text. */
function matches(glob: string, name: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return name === glob;
  if (!name.startsWith(first) || !name.slice(first.length).endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= name.length - last.length;
}
