import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { finding } from '../finding.ts';
import type { ApplicationSpec } from './schema.ts';

/** A route’s host is a host and its path a path. */
export function checkRoutes(resource: Resource<ApplicationSpec>): readonly Diagnostic[] {
  return (resource.spec.routes ?? []).flatMap(({ host, path = '/' }, index) => {
    const at = ['spec', 'routes', index];
    const bare = host.replace(/^[a-z]+:\/\//i, '').replace(/[/:].*$/, '');
    const problems: Diagnostic[] = [];
    if (!/^[\w*.-]+$/.test(host)) {
      const message = `"${host}" is no name of a host`;
      const hint = bare !== host && bare !== '' ? `write host: ${bare}` : undefined;
      problems.push(finding(resource, [...at, 'host'], { entry: applicationCodes.route, message, hint }));
    }
    if (!path.startsWith('/')) {
      const message = `the path "${path}" does not begin with a slash`;
      const hint = `write path: /${path}`;
      problems.push(finding(resource, [...at, 'path'], { entry: applicationCodes.route, message, hint }));
    }
    return problems;
  });
}
