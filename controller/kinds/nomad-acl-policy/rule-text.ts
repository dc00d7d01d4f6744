import type { Span } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { createTextSpans } from '../../model/text-spans.ts';
import type { Fleet } from '../kind.ts';
import { repositoryPath, sourceText } from '../source-file.ts';
import type { NomadACLPolicySpec } from './schema.ts';

/** The rules as text; none when their file is missing. */
export function ruleText(resource: Resource<NomadACLPolicySpec>, fleet: Fleet): string | undefined {
  const { file, inline } = resource.spec.rules;
  return file === undefined ? inline : sourceText(resource, fleet, file);
}

/** A place in the rules: exact in a file; in a definition the field, with the line said in the message. */
export function rulePlace(
  resource: Resource<NomadACLPolicySpec>,
  text: string,
  { at, end }: { readonly at: number; readonly end: number },
): { readonly span: Span; readonly where: string } {
  const { file } = resource.spec.rules;
  const path = file === undefined ? undefined : repositoryPath(resource, file);
  const span = createTextSpans(path ?? '', text).between(at, end);
  if (path !== undefined) return { span, where: '' };
  const where = span.line === 1 ? '' : `line ${span.line}: `;
  return { span: resource.locate(['spec', 'rules', 'inline']), where };
}
