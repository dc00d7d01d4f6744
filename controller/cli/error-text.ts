/** An error as the command line tells it: what, and what to do. */
export function errorText({
  code,
  message,
  hint,
}: {
  readonly code: string | undefined;
  readonly message: string;
  readonly hint: string | undefined;
}): string {
  const advice = hint === undefined ? '' : `  = hint: ${hint}\n`;
  return `error${code === undefined ? '' : ` ${code}`}: ${message}\n${advice}`;
}
