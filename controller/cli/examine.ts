import { consulKeys } from '../model/payload.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { describeFailure } from '../report/failure-reason.ts';
import type { Wired } from '../wire.ts';

export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

const deadlineMs = 10_000;

/** Asks each system for the least that shows reach and rights. Writes nothing but one lease key that it gives back. */
export async function examine(wired: Wired, signal: AbortSignal): Promise<readonly Finding[]> {
  const { repository, clusters } = wired;
  const findings = [
    await probe('git: read references', signal, async (within) => {
      const refs = await repository.remote.listRefs(['refs/heads/'], within);
      const branch = refs.get(`refs/heads/${repository.branch}`);
      if (branch === undefined) throw new Error(`there is no branch ${repository.branch}`);
      return `${refs.size} branches, ${repository.branch} at ${branch.slice(0, 10)}`;
    }),
    await probe('forge: account', signal, async (within) => {
      const { login } = await repository.comments.whoAmI(within);
      if (!(await repository.reviews.mayWrite(login, within))) throw new Error(`${login} may not write`);
      return `${login} may write`;
    }),
    await probe('parser: nomad', signal, (within) => repository.parser.version(within)),
  ];
  for (const cluster of clusters.values()) findings.push(...(await examineCluster(cluster, signal)));
  return findings;
}

async function examineCluster(cluster: Cluster, signal: AbortSignal): Promise<readonly Finding[]> {
  const { name, kv, lease, nomad, planNomad, vault, signer } = cluster;
  const findings = [
    await probe(`${name}: consul keys`, signal, async (within) => {
      const entries = await kv.list('drover/', within);
      return `${entries.length} keys below drover/`;
    }),
    await probe(`${name}: consul lease`, signal, async (within) => {
      const key = consulKeys.lease('doctor');
      const held = await lease.acquire({ key, holder: 'drover doctor', ttlMs: 10_000 }, within);
      if (held !== undefined) await lease.release(held, within);
      return held === undefined ? 'held by another' : 'can be taken';
    }),
    await probe(`${name}: signing key`, signal, async (within) => {
      const { key } = await signer.sign(new TextEncoder().encode('drover doctor'), within);
      return key;
    }),
  ];
  const nomads = [
    ['nomad: register', nomad],
    ['nomad: plan', planNomad],
  ] as const;
  for (const [what, ports] of nomads) {
    if (ports === undefined) continue;
    findings.push(
      await probe(`${name}: ${what}`, signal, async (within) => {
        const { jobs } = await ports.jobs.list({ index: 0, waitMs: 0 }, within);
        return `${jobs.length} jobs to be seen`;
      }),
    );
  }
  if (vault !== undefined) {
    findings.push(
      await probe(`${name}: vault policies`, signal, async (within) => {
        await vault.policies.read('drover-doctor', within);
        return 'can be read';
      }),
    );
  }
  return findings;
}

async function probe(
  what: string,
  signal: AbortSignal,
  ask: (within: AbortSignal) => Promise<string>,
): Promise<Finding> {
  try {
    return { what, ok: true, says: await ask(AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])) };
  } catch (error) {
    return { what, ok: false, says: describeFailure(error).message };
  }
}
