/** A policy's text as it is compared: systems keep it as it came, editors and renderers differ in line ends and trailing space. */
export function plainText(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
