import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { programsOf } from './program.ts';
import type { ApplicationSpec } from './schema.ts';

/** Files become templates that read from Vault; these are looked at one by one, or as programs of their own. */
const elsewhere: ReadonlySet<string> = new Set(['files', 'env', 'sidecars']);

/** Secrets where they would stand in the job, which is readable in clear. */
export function checkExposed(resource: Resource<ApplicationSpec>): readonly Diagnostic[] {
  return programsOf(resource).flatMap(({ spec, at }) => {
    const variables = Object.entries(spec.env ?? {})
      .filter(([, value]) => mentionsSecret(value))
      .map(([name]) => told(resource, [...at, 'env', name], `write secrets: {${name}: {secret: …, key: …}}`));
    const others = Object.entries(spec)
      .filter(([name, value]) => !elsewhere.has(name) && mentionsSecret(value))
      .map(([name]) => told(resource, [...at, name], 'let the program read it from secrets or files'));
    return [...variables, ...others];
  });
}

function told(resource: Resource<ApplicationSpec>, at: FieldPath, hint: string): Diagnostic {
  const message = 'whoever may read a job reads this too: it can’t hold a secret';
  return finding(resource, at, { entry: kindCodes.secretExposed, message, hint });
}
