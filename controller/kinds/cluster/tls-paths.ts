/** Where an agent's certificates lie on a server. Drover writes `ca`; the other two are brought by somebody else. */
export function tlsPaths(program: string): {
  readonly folder: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
} {
  const folder = `/etc/${program}.d/tls`;
  return { folder, ca: `${folder}/ca.pem`, cert: `${folder}/cert.pem`, key: `${folder}/key.pem` };
}
