import test from 'ava';
import { claimForm } from '../../../controller/analyse/volumes/claim-form.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import type { JsonObject } from '../../../controller/model/json.ts';
import { fakeFleet } from '../../fakes/fleet.ts';

function problems(claim: JsonObject, job: JsonObject = {}): readonly string[] {
  const groups = [{ Name: 'web', Volumes: { data: { Source: 'd', ...claim } } }];
  const spec = { json: { ID: 'web', TaskGroups: groups, ...job } };
  const resources = [{ kind: 'NomadJob', name: 'web', namespace: 'default', spec }] as const;
  return claimForm(fakeFleet({ resources }), kinds).map(({ message }) => message);
}

const csi = { Type: 'csi', AttachmentMode: 'file-system', AccessMode: 'multi-node-multi-writer' };

test('claims that Nomad takes', (t) => {
  for (const claim of [
    { Type: 'host' },
    { Type: 'host', AccessMode: 'single-node-multi-writer' },
    { Type: 'host', AccessMode: 'single-node-reader-only', ReadOnly: true },
    { Type: 'host', PerAlloc: true },
    csi,
    { ...csi, MountOptions: { FSType: 'ext4' } },
    { ...csi, AccessMode: 'multi-node-reader-only', ReadOnly: true },
  ]) {
    t.deepEqual(problems(claim), [], JSON.stringify(claim));
  }
});

test('claims that Nomad refuses, each for one reason', (t) => {
  const host = { Type: 'host' };
  const refused: readonly (readonly [JsonObject, string])[] = [
    [{}, 'the volume data has no type'],
    [{ Type: 'Host' }, 'there are no volumes of the type Host'],
    [{ ...host, MountOptions: {} }, 'the volume data is of the host, and has no mount options'],
    [
      { ...host, AccessMode: 'multi-node-single-writer' },
      'there is no access_mode multi-node-single-writer for the volume data',
    ],
    [
      { ...host, AccessMode: 'single-node-reader-only' },
      'the volume data is claimed by readers only, and to be written',
    ],
    [
      { ...host, PerAlloc: true, Sticky: true },
      'the volume data is per_alloc, and sticky, which exclude each other',
    ],
    [{ ...csi, AttachmentMode: '' }, 'the CSI volume data has no attachment_mode'],
    [{ ...csi, AccessMode: '' }, 'the CSI volume data has no access_mode'],
    [
      { ...csi, AccessMode: 'multi-node-writer' },
      'there is no access_mode multi-node-writer for the volume data',
    ],
  ];
  for (const [claim, message] of refused) t.deepEqual(problems(claim), [message], JSON.stringify(claim));
});

test('one volume for each allocation goes neither with every server nor with canaries', (t) => {
  const claim = { Type: 'host', PerAlloc: true };
  t.is(problems(claim, { Type: 'system' }).length, 1);
  t.is(problems(claim, { Update: { Canary: 1 } }).length, 1);
  t.is(problems(claim, { Update: { Canary: 0 } }).length, 0);
});
