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

export function hasTls(spec: { readonly tls?: object }): boolean {
  return spec.tls !== undefined;
}

/** What must be on the server before the agent's configuration may name it. */
export function tlsNeeds(program: string): Readonly<Record<string, string>> {
  const { cert, key } = tlsPaths(program);
  return { certificate: cert, 'private-key': key };
}
