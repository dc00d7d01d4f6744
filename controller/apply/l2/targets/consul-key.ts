import { consulKeys } from '../../../model/payload.ts';
import type { KvOperation } from '../../../ports/kv.ts';
import { requirePort } from '../require-port.ts';
import type { Removal, Target, TargetContext } from '../target.ts';

/** A key of Consul's store, fenced by the lease's session in the same transaction as its check-and-set. */
export const consulKey: Target = {
  kind: 'consul-key',
  rank: 0,

  async compare(unit, context, signal) {
    const kv = requirePort(context.ports.kv, 'Consul');
    const { key } = unit.entry;
    const live = await kv.get(key, signal);
    // Writing the same bytes moves no index, but it is a write all the same.
    if (live !== undefined && Buffer.from(live.value).equals(unit.bytes)) return { state: 'equal' };
    const operation = { verb: 'cas', key, value: unit.bytes, index: live?.modifyIndex ?? 0 } as const;
    return {
      state: live === undefined ? 'absent' : 'differs',
      notes: live === undefined ? [] : ['its value differs'],
      write: async (writeSignal) => {
        await kv.transact([...fence(context), operation], writeSignal);
        return [];
      },
    };
  },

  async remove(entry, context, signal): Promise<Removal> {
    const kv = requirePort(context.ports.kv, 'Consul');
    const live = await kv.get(entry.key, signal);
    if (live === undefined) return { state: 'deleted', message: 'was gone already' };
    if (entry.options.prune === 'Orphan')
      return { state: 'orphaned', message: 'left in place, as its prune option says' };
    // The one key, never a prefix: a prefix without its slash takes siblings along.
    const operation = { verb: 'delete-cas', key: entry.key, index: live.modifyIndex } as const;
    await kv.transact([...fence(context), operation], signal);
    return { state: 'deleted', message: 'deleted' };
  },
};

function fence({ lease, environment }: TargetContext): readonly KvOperation[] {
  if (lease === undefined) return [];
  return [
    { verb: 'check-session', key: lease.key, session: lease.session },
    { verb: 'check-not-exists', key: consulKeys.hold(environment) },
  ];
}
