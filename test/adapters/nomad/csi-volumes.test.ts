import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { createNomad } from '../../../controller/adapters/nomad/index.ts';
import type { JsonObject } from '../../../controller/model/json.ts';

const signal = AbortSignal.timeout(20_000);

/** What Nomad 1.11 answers for a volume that is made, by its own structs: no plugin of a storage provider runs here. */
const volume: JsonObject = {
  ID: 'files',
  Name: 'files',
  ExternalID: 'vol-0815',
  Namespace: 'shop',
  PluginID: 'nfs',
  RequestedCapacityMin: 1024,
  RequestedCapacityMax: 0,
  RequestedCapabilities: [{ AccessMode: 'multi-node-multi-writer', AttachmentMode: 'file-system' }],
  MountOptions: { FSType: 'nfs', MountFlags: ['[REDACTED]'] },
  Secrets: { password: '[REDACTED]' },
  Parameters: null,
  Context: { server: 'a' },
  RequestedTopologies: null,
  CloneID: '',
  SnapshotID: '',
  Schedulable: true,
  ModifyIndex: 7,
};

async function fakeNomad(t: ExecutionContext, answers: Readonly<Record<string, JsonObject>>) {
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${request.url} ${await text(request)}`.trim());
    const body = answers[new URL(request.url ?? '', 'http://a').pathname];
    response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {}));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const nomad = createNomad({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  t.teardown(() => {
    nomad.close();
    server.close();
  });
  return { volumes: nomad.csiVolumes, asked };
}

test('a volume is read as definitions say it, without what Nomad masks', async (t) => {
  const { volumes } = await fakeNomad(t, { '/v1/volume/csi/files': volume });
  t.deepEqual((await volumes.read('shop/files', signal))?.spec, {
    Type: 'csi',
    Name: 'files',
    Namespace: 'shop',
    PluginID: 'nfs',
    ExternalID: 'vol-0815',
    RequestedCapacityMin: 1024,
    RequestedCapacityMax: 0,
    RequestedCapabilities: [{ AccessMode: 'multi-node-multi-writer', AttachmentMode: 'file-system' }],
    MountOptions: { FSType: 'nfs' },
    Context: { server: 'a' },
  });
});

test('a new volume is made, one of the provider registered, and one that is there changed', async (t) => {
  const { volumes, asked } = await fakeNomad(t, {
    '/v1/volume/csi/files': volume,
    '/v1/volume/csi/files/create': {},
  });
  const spec = { Type: 'csi', PluginID: 'nfs' };
  const key = 'shop/files';
  await volumes.write({ key, spec, expected: undefined }, signal);
  await volumes.write({ key, spec: { ...spec, ExternalID: 'vol-1' }, expected: undefined }, signal);
  await volumes.write({ key, spec, expected: { key, spec, index: undefined } }, signal);
  t.deepEqual(
    asked.map((line) => line.slice(0, line.indexOf('?'))),
    ['PUT /v1/volume/csi/files/create', 'PUT /v1/volume/csi/files', 'PUT /v1/volume/csi/files'],
  );
  const own = { PluginID: 'nfs', ID: 'files', Name: 'files', Namespace: 'shop' };
  t.deepEqual(JSON.parse(asked[0]?.split(' ').at(-1) ?? ''), { Volumes: [own] });
});

test('a plugin is awaited until a controller is healthy, where it needs one', async (t) => {
  const { volumes } = await fakeNomad(t, {
    '/v1/plugin/csi/ready': { ControllerRequired: true, ControllersHealthy: 1 },
    '/v1/plugin/csi/plain': { ControllerRequired: false, ControllersHealthy: 0 },
    '/v1/plugin/csi/sick': { ControllerRequired: true, ControllersHealthy: 0 },
  });
  t.is(await volumes.awaited('ready', signal), undefined);
  t.is(await volumes.awaited('plain', signal), undefined);
  t.regex((await volumes.awaited('sick', signal)) ?? '', /a healthy controller/);
  t.regex((await volumes.awaited('none', signal)) ?? '', /which no node has/);
});
