import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { nomadCodes } from '../nomad-codes.ts';
import type { NomadVariableSpec } from './schema.ts';

const maxBytes = 64 * 1024;

export function checkNomadVariable(resource: Resource<NomadVariableSpec>): readonly Diagnostic[] {
  return [...checkPath(resource), ...checkSize(resource), ...checkSecrets(resource)];
}

function checkPath(resource: Resource<NomadVariableSpec>): readonly Diagnostic[] {
  const message = pathProblem(resource.spec.path);
  return message === undefined
    ? []
    : [finding(resource, ['spec', 'path'], { entry: nomadCodes.variablePath, message })];
}

function pathProblem(path: string): string | undefined {
  if (!/^[A-Za-z0-9\-_~/]{1,128}$/.test(path)) {
    return `the path "${path}" is not 1 to 128 letters, digits and -_~/`;
  }
  const parts = path.split('/');
  // Nomad takes them; its HTTP API then redirects such a path to another.
  if (parts.includes('')) return `the path "${path}" has an empty part`;
  return parts[0] === 'nomad' ? ownPathProblem(path, parts) : undefined;
}

/** Below `nomad/` only Nomad's own places are open. */
function ownPathProblem(path: string, [, place, ...rest]: readonly string[]): string | undefined {
  if (place === 'jobs' || place === 'sentinel') return undefined;
  if (place === 'job-templates' && rest.length === 1) return undefined;
  return `"${path}" is Nomad’s own: below nomad/ only nomad/jobs and nomad/job-templates/NAME are open`;
}

function checkSize(resource: Resource<NomadVariableSpec>): readonly Diagnostic[] {
  const texts = Object.entries(resource.spec.items).flat();
  const bytes = texts.reduce((sum, item) => sum + new TextEncoder().encode(item).length, 0);
  const message =
    texts.length === 0
      ? 'a variable without items is refused by Nomad'
      : `the items have ${bytes} bytes, Nomad keeps ${maxBytes}`;
  return texts.length === 0 || bytes > maxBytes
    ? [finding(resource, ['spec', 'items'], { entry: nomadCodes.variableSize, message, part: 'key' })]
    : [];
}

function checkSecrets(resource: Resource<NomadVariableSpec>): readonly Diagnostic[] {
  return Object.entries(resource.spec.items)
    .filter(([, value]) => mentionsSecret(value))
    .map(([key]) =>
      finding(resource, ['spec', 'items', key], {
        entry: kindCodes.secretExposed,
        message: 'the rendered tree shows a variable in clear: it can’t hold a secret',
      }),
    );
}
