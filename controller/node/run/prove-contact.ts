import type { KeyValue } from '../../ports/kv.ts';
import { failureText } from './apply-failure.ts';

const contactTimeoutMs = 5000;

/** Reads the node's own key in a call of its own. Gives why not, or nothing when Consul answered. */
export async function proveContact(
  { kv, key }: { kv: KeyValue; key: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await kv.get(key, AbortSignal.any([signal, AbortSignal.timeout(contactTimeoutMs)]));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return failureText(error);
  }
}
