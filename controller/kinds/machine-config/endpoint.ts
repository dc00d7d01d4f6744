/** Whether a text is an http or https address, or holds an expression that may make it one. */
export function isWebUrl(text: string): boolean {
  if (text.includes('${{')) return true;
  if (!/^https?:\/\/[^/\s]/.test(text) || /\s/.test(text)) return false;
  return URL.canParse(text);
}

/** Whether a text is `host:port`, with brackets around an IPv6 address, or holds an expression. */
export function isHostPort(text: string): boolean {
  if (text.includes('${{')) return true;
  const match = /^(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  return match !== null && port > 0 && port < 65_536;
}
