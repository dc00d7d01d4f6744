/** Null, absent, or without anything in it. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** What an API shows of a field that nobody set: blank, false or zero. */
export function saysNothing(value: unknown): boolean {
  return value === false || value === 0 || isBlank(value);
}
