const octet = /^(?:0|[1-9]\d{0,2})$/;

/** Whether a text is an IPv4 or IPv6 address, without prefix length or zone. */
export function isAddress(text: string): boolean {
  return text.includes(':') ? isVersion6(text) : isVersion4(text);
}

function isVersion4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => octet.test(part) && Number(part) < 256);
}

function isVersion6(text: string): boolean {
  if (!/^[0-9A-Fa-f:.]+$/.test(text)) return false;
  try {
    return new URL(`http://[${text}]/`).hostname.length > 0;
  } catch {
    return false;
  }
}
