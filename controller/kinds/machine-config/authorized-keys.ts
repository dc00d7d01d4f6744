const keyTypes =
  'ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\\.com|sk-ecdsa-sha2-nistp256@openssh\\.com';

/** A key, after options if there are any; certificates stand in `known_hosts`, not here. */
const keyLine = new RegExp(`(?:^|[\\s,"])(${keyTypes})\\s+([A-Za-z0-9+/]{16,}={0,2})(?:\\s|$)`);

export interface BadKeyLine {
  /** Counts from 1. */
  readonly line: number;
  /** What the line does, as the rest of a sentence. Never a part of it: it may be a private key. */
  readonly what: string;
}

/** The first line that sshd would not take as a public key (sshd(8), "authorized_keys file format"). */
export function badKeyLine(text: string): BadKeyLine | undefined {
  if (text.includes('${{')) return undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const what = problemOf(line.trim());
    if (what !== undefined) return { line: index + 1, what };
  }
  return undefined;
}

function problemOf(line: string): string | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  if (line.includes('PRIVATE KEY')) return 'begins a private key';
  const match = keyLine.exec(line);
  if (match === null) return 'is no public key';
  const [, type = '', encoded = ''] = match;
  return saysType(encoded, type) ? undefined : `is cut, or no key of the type ${type}`;
}

/** The key itself begins with the length of its type and its type (RFC 4253, section 6.6). */
function saysType(encoded: string, type: string): boolean {
  const head = `\0\0\0${String.fromCharCode(type.length)}${type}`;
  return Buffer.from(encoded, 'base64').toString('latin1').startsWith(head);
}
