import { DeniedError } from '../model/errors.ts';

/** What is read, or the refusal as a value: one thing that a token may not see hides no other. */
export async function readOrDenied<Key, Found>(
  read: (key: Key) => Promise<Found>,
  key: Key,
): Promise<Found | DeniedError> {
  try {
    return await read(key);
  } catch (error) {
    if (error instanceof DeniedError) return error;
    throw error;
  }
}

/** @throws DeniedError when nothing was allowed: that is one thing to say, not one for each. */
export function throwWhenAllDenied(found: readonly unknown[]): void {
  const [first] = found;
  if (first instanceof DeniedError && found.every((one) => one instanceof DeniedError)) throw first;
}
