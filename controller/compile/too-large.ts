/** Rounded so that it is never said to be as large as it may be. */
export function tooLarge(sizeBytes: number, limitBytes: number): string {
  const kib = Math.max(Math.ceil(sizeBytes / 1024), limitBytes / 1024 + 1);
  const size = kib < 10_240 ? `${kib} KiB` : `${Math.ceil(kib / 1024)} MiB`;
  return `the file has ${size}, and ${limitBytes / 1024} KiB are the most that is read`;
}
