/** Config entries that may be typed, with Consul’s own word, the name that is prescribed, and their turn. */
interface EntryType {
  readonly kind: string;
  readonly name?: string;
  readonly wave: number;
}

// Protocols come before what may only be said of http services, and subsets before what names them.
export const entryTypes = {
  ProxyDefaults: { kind: 'proxy-defaults', name: 'global', wave: 20 },
  ServiceDefaults: { kind: 'service-defaults', wave: 20 },
  Mesh: { kind: 'mesh', name: 'mesh', wave: 20 },
  JWTProvider: { kind: 'jwt-provider', wave: 20 },
  ServiceResolver: { kind: 'service-resolver', wave: 21 },
  ServiceSplitter: { kind: 'service-splitter', wave: 22 },
  ServiceRouter: { kind: 'service-router', wave: 23 },
  ServiceIntentions: { kind: 'service-intentions', wave: 24 },
  IngressGateway: { kind: 'ingress-gateway', wave: 24 },
  TerminatingGateway: { kind: 'terminating-gateway', wave: 24 },
  APIGateway: { kind: 'api-gateway', wave: 24 },
  HTTPRoute: { kind: 'http-route', wave: 25 },
  TCPRoute: { kind: 'tcp-route', wave: 25 },
  ExportedServices: { kind: 'exported-services', wave: 25 },
} as const satisfies Record<string, EntryType>;

export type EntryTypeName = keyof typeof entryTypes;

export function entryType(name: EntryTypeName): EntryType {
  return entryTypes[name];
}
