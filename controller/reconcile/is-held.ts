import { consulKeys } from '../model/payload.ts';
import type { EnvironmentContext } from './environment-context.ts';

/** Whether a person has put a hold on the environment: a Consul key that works without forge and controller. */
export async function isHeld({ name, cluster }: EnvironmentContext, signal: AbortSignal): Promise<boolean> {
  return (await cluster.kv.get(consulKeys.hold(name), signal)) !== undefined;
}
