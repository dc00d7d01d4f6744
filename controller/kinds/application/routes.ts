import type { ApplicationSpec } from './schema.ts';

type Route = NonNullable<ApplicationSpec['routes']>[number];

/**
 * Routes as the tags that Traefik's Consul catalogue reads. Another ingress is another function of this shape. A router's
 * name is one for the whole ingress, so the namespace is part of it.
 */
export function routeTags(
  routes: readonly Route[],
  service: { readonly namespace: string; readonly name: string },
): readonly string[] {
  if (routes.length === 0) return [];
  const own = routes.flatMap((route, index) => {
    const router = `${service.namespace}-${service.name}${index === 0 ? '' : `-${index + 1}`}`;
    return [`traefik.http.routers.${router}.rule=${ruleOf(route)}`];
  });
  return ['traefik.enable=true', ...own];
}

function ruleOf({ host, path = '/' }: Route): string {
  const hosts = `Host(\`${host}\`)`;
  return path === '/' ? hosts : `${hosts} && PathPrefix(\`${path}\`)`;
}
