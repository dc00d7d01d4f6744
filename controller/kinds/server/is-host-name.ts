/** Whether a text can be a server's name: a DNS label of lower-case letters, digits and dashes. */
export function isHostName(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}
