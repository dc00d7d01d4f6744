/**
 * Who may call a route. `open`: anybody (no data of the fleet). `signed`: the body's signature decides. `local`: only over
 * the control socket, whose file permissions are the credential. Every route stands here; a test holds it.
 */
export type Access = 'open' | 'signed' | 'local';

export interface RouteEntry {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly access: Access;
}

export const routeTable = {
  health: { method: 'GET', url: '/healthz', access: 'open' },
  ready: { method: 'GET', url: '/readyz', access: 'open' },
  metrics: { method: 'GET', url: '/metrics', access: 'open' },
  webhook: { method: 'POST', url: '/webhook/:provider', access: 'signed' },
  environments: { method: 'GET', url: '/api/v1/environments', access: 'local' },
  plan: { method: 'GET', url: '/api/v1/environments/:environment/plan', access: 'local' },
  rollback: { method: 'POST', url: '/api/v1/environments/:environment/rollback', access: 'local' },
  release: { method: 'POST', url: '/api/v1/environments/:environment/release', access: 'local' },
  reconcile: { method: 'POST', url: '/api/v1/reconcile', access: 'local' },
} as const satisfies Readonly<Record<string, RouteEntry>>;

export type RouteName = keyof typeof routeTable;
