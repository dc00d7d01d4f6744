import type { TestFn } from 'ava';
import { RejectedError, UnavailableError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { HostVolumeRef, HostVolumes } from '../../controller/ports/host-volumes.ts';

export interface HostVolumesCase {
  /** Of a cluster with one node. */
  readonly volumes: HostVolumes;
  /** Fresh in each test. */
  readonly ref: HostVolumeRef;
}

/** What a store of host volumes promises. */
export function hostVolumesContract(
  test: TestFn,
  name: string,
  create: () => Promise<HostVolumesCase>,
): void {
  const signal = AbortSignal.timeout(60_000);
  const specOf = (ref: HostVolumeRef, change: JsonObject = {}): JsonObject => ({
    Namespace: ref.namespace,
    Name: ref.name,
    PluginID: 'mkdir',
    RequestedCapabilities: [{ AccessMode: 'single-node-writer', AttachmentMode: 'file-system' }],
    ...change,
  });

  test(`${name}: none of that name is an empty list`, async (t) => {
    const { volumes, ref } = await create();
    t.deepEqual(await volumes.list(ref, signal), []);
  });

  test(`${name}: what was made is listed as it was said, on a node`, async (t) => {
    const { volumes, ref } = await create();
    const spec = specOf(ref, {
      NodePool: 'default',
      RequestedCapacityMaxBytes: 4096,
      Constraints: [{ LTarget: '${attr.kernel.name}', Operand: '=', RTarget: 'linux' }],
      Parameters: { mode: '0750' },
    });
    await volumes.write({ ref, spec, id: undefined }, signal);
    const [made, ...others] = await volumes.list(ref, signal);
    t.deepEqual(made?.spec, spec);
    t.not(made?.nodeId, '');
    t.deepEqual(others, []);
  });

  test(`${name}: one is changed in place`, async (t) => {
    const { volumes, ref } = await create();
    await volumes.write({ ref, spec: specOf(ref), id: undefined }, signal);
    const [made] = await volumes.list(ref, signal);
    const spec = specOf(ref, { RequestedCapacityMaxBytes: 8192 });
    await volumes.write({ ref, spec, id: made?.id }, signal);
    const [changed, ...others] = await volumes.list(ref, signal);
    t.is(changed?.id, made?.id);
    t.is(changed?.spec['RequestedCapacityMaxBytes'], 8192);
    t.deepEqual(others, []);
  });

  test(`${name}: names that begin alike are others`, async (t) => {
    const { volumes, ref } = await create();
    const longer = { ...ref, name: `${ref.name}-2` };
    await volumes.write({ ref: longer, spec: specOf(longer), id: undefined }, signal);
    t.deepEqual(await volumes.list(ref, signal), []);
  });

  test(`${name}: a second one of the name waits for a second node`, async (t) => {
    const { volumes, ref } = await create();
    await volumes.write({ ref, spec: specOf(ref), id: undefined }, signal);
    const again = volumes.write({ ref, spec: specOf(ref), id: undefined }, signal);
    await t.throwsAsync(again, { instanceOf: UnavailableError });
    t.is((await volumes.list(ref, signal)).length, 1);
  });

  test(`${name}: a pool that can not be changed is a refusal`, async (t) => {
    const { volumes, ref } = await create();
    await volumes.write({ ref, spec: specOf(ref), id: undefined }, signal);
    const [made] = await volumes.list(ref, signal);
    const moved = volumes.write({ ref, spec: specOf(ref, { NodePool: 'all' }), id: made?.id }, signal);
    await t.throwsAsync(moved, { instanceOf: RejectedError });
  });
}
