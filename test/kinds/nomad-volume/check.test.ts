import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';
import { renderUnit } from '../render-unit.ts';

const volume = (spec: object) => ({ kind: 'NomadVolume', name: 'data', namespace: 'shop', spec }) as const;
const found = (spec: object) => findingsOf(volume(spec));

test('plain volumes of both types are taken', (t) => {
  t.deepEqual(found({ type: 'Host', count: 3, parameters: { mode: '0750', uid: '10', gid: '10' } }), []);
  t.deepEqual(found({ type: 'Host', plugin: 'zfs', parameters: { anything: 'x' } }), []);
  t.deepEqual(
    found({ type: 'CSI', plugin: 'nfs', capabilities: [{ accessMode: 'MultiNodeMultiWriter' }] }),
    [],
  );
});

test('a field of the other type is told', (t) => {
  t.deepEqual(found({ type: 'Host', mountOptions: {}, cloneId: 'x' }), [
    'DRV0658 spec.mountOptions: a Host volume has no mountOptions',
    'DRV0658 spec.cloneId: a Host volume has no cloneId',
  ]);
  t.deepEqual(found({ type: 'CSI', plugin: 'x', nodePool: 'gpu' }), [
    'DRV0658 spec.nodePool: a CSI volume has no nodePool',
  ]);
});

test('an access mode that the type lacks is told', (t) => {
  t.deepEqual(found({ type: 'Host', capabilities: [{ accessMode: 'MultiNodeReaderOnly' }] }), [
    'DRV0659 spec.capabilities.0.accessMode: a Host volume can’t be MultiNodeReaderOnly',
  ]);
  t.deepEqual(found({ type: 'CSI', plugin: 'x', capabilities: [{ accessMode: 'SingleNodeMultiWriter' }] }), [
    'DRV0659 spec.capabilities.0.accessMode: a CSI volume can’t be SingleNodeMultiWriter',
  ]);
});

test('a largest size below the least is told, also across units', (t) => {
  t.deepEqual(found({ type: 'Host', capacity: { min: '1Gi', max: '1000Mi' } }), [
    'DRV0617 spec.capacity.max: the largest size 1000Mi is below the least 1Gi',
  ]);
  t.deepEqual(found({ type: 'Host', capacity: { min: '1000Mi', max: '1Gi' } }), []);
});

test('a CSI volume names its plugin, and mkdir knows three parameters', (t) => {
  t.deepEqual(found({ type: 'CSI' }), ['DRV0660 spec: a CSI volume needs the id of its plugin']);
  t.deepEqual(found({ type: 'Host', parameters: { owner: 'x' } }), [
    'DRV0660 spec.parameters.owner: the plugin mkdir knows no parameter owner',
  ]);
});

test('secrets are refused, whatever they hold', (t) => {
  t.is(
    found({ type: 'CSI', plugin: 'x', secrets: { a: '${{ secret("a", "b") }}' } })[0]?.slice(0, 7),
    'DRV0661',
  );
});

test('a host volume is written as the API reads it, and says nothing of what it leaves to Nomad', (t) => {
  const { unit, document } = renderUnit(
    volume({
      type: 'Host',
      capacity: { min: '1Ki' },
      constraints: [{ attribute: '${meta.rack}', value: 'a' }],
      parameters: { mode: '0750' },
    }),
  );
  t.is(unit.key, 'shop/data');
  t.is(unit.path, 'nomad/volumes/shop/data.json');
  t.deepEqual(document, {
    Type: 'host',
    Namespace: 'shop',
    Name: 'data',
    PluginID: 'mkdir',
    Count: 1,
    RequestedCapacityMinBytes: 1024,
    Constraints: [{ LTarget: '${meta.rack}', Operand: '=', RTarget: 'a' }],
    RequestedCapabilities: [{ AccessMode: 'single-node-writer', AttachmentMode: 'file-system' }],
    Parameters: { mode: '0750' },
  });
});

test('a CSI volume is written as the API reads it', (t) => {
  const { document } = renderUnit(
    volume({
      type: 'CSI',
      plugin: 'nfs',
      externalId: 'vol-1',
      capacity: { min: '1Gi', max: '2Gi' },
      capabilities: [{ accessMode: 'SingleNodeReaderOnly', attachmentMode: 'BlockDevice' }],
      mountOptions: { fsType: 'ext4', mountFlags: ['ro'] },
      topologies: { required: [{ zone: 'a' }] },
      context: { server: 'x' },
    }),
  );
  t.deepEqual(document, {
    Type: 'csi',
    Namespace: 'shop',
    Name: 'data',
    PluginID: 'nfs',
    ExternalID: 'vol-1',
    RequestedCapacityMin: 1_073_741_824,
    RequestedCapacityMax: 2_147_483_648,
    RequestedCapabilities: [{ AccessMode: 'single-node-reader-only', AttachmentMode: 'block-device' }],
    MountOptions: { FSType: 'ext4', MountFlags: ['ro'] },
    RequestedTopologies: { Required: [{ Segments: { zone: 'a' } }] },
    Context: { server: 'x' },
  });
});

test('a volume outlives its definition, whatever that says', (t) => {
  const annotations = { 'drover.dev/prune': 'Delete' };
  t.is(renderUnit({ ...volume({ type: 'Host' }), annotations }).unit.options.prune, 'Orphan');
});
