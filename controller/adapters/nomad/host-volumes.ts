import { UnavailableError } from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import type { HostVolumeRef, HostVolumes, LiveHostVolume } from '../../ports/host-volumes.ts';
import { type NomadClient, records, segment, text } from './client.ts';
import { saidFields } from './named-objects.ts';

const fields = [
  'Namespace',
  'Name',
  'PluginID',
  'NodePool',
  'Constraints',
  'RequestedCapabilities',
  'Parameters',
];
const sizes = ['RequestedCapacityMinBytes', 'RequestedCapacityMaxBytes'];
const pageSize = 500;
const maxPages = 200;

/** Dynamic host volumes (Nomad 1.10 or newer). */
export function createHostVolumes(client: NomadClient): HostVolumes {
  return {
    async list(ref, signal) {
      const ids = await idsOf(client, ref, signal);
      const found: LiveHostVolume[] = [];
      for (const id of ids) {
        const query = { namespace: ref.namespace };
        const answer = await client.read(`/v1/volume/host/${segment(id)}`, query, signal);
        if (answer !== undefined) found.push(liveVolume(answer.body));
      }
      return found;
    },
    async write({ ref, spec, id }, signal) {
      const body = { Volume: { ...spec, ...(id === undefined ? {} : { ID: id }) } };
      const query = { namespace: ref.namespace };
      await client.send({ method: 'PUT', path: '/v1/volume/host/create', query, body }, signal);
    },
  };
}

async function idsOf(
  client: NomadClient,
  { namespace, name }: HostVolumeRef,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const query = { type: 'host', namespace, prefix: name, per_page: pageSize, next_token: nextToken };
    const answer = await client.read('/v1/volumes', query, signal);
    if (answer === undefined) throw new UnavailableError('Nomad answered 404 to the list of volumes');
    const stubs = records(answer.body).filter((stub) => stub['Name'] === name);
    ids.push(...stubs.map((stub) => text(stub['ID'])));
    nextToken = answer.nextToken;
    if (nextToken === undefined) return ids.toSorted();
  }
  throw new UnavailableError(`Nomad lists more than ${maxPages * pageSize} volumes`);
}

function liveVolume(body: unknown): LiveHostVolume {
  if (!isJsonObject(body)) throw new UnavailableError('Nomad answered no volume');
  const capacity = Object.entries(saidFields(body, sizes)).filter(([, bytes]) => bytes !== 0);
  return {
    id: text(body['ID']),
    nodeId: text(body['NodeID']),
    spec: { ...saidFields(body, fields), ...Object.fromEntries(capacity) },
  };
}
