import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import { descriptionLength } from '../description-length.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { nomadCodes } from '../nomad-codes.ts';
import { checkSourceFile } from '../source-file.ts';
import { checkPolicyJob } from './check-job.ts';
import { ruleNamespaces, ruleProblems } from './rule-problems.ts';
import { rulePlace, ruleText } from './rule-text.ts';
import type { NomadACLPolicySpec } from './schema.ts';

export function checkNomadACLPolicy(
  resource: Resource<NomadACLPolicySpec>,
  fleet: Fleet,
): readonly Diagnostic[] {
  const { rules, description } = resource.spec;
  const text = ruleText(resource, fleet);
  return [
    ...descriptionLength(resource, ['spec', 'description'], description),
    ...exactlyOne(resource, ['spec', 'rules'], rules, ['file', 'inline']),
    ...checkSourceFile(resource, fleet, { file: rules.file, at: ['spec', 'rules', 'file'], isText: true }),
    ...checkSecrets(resource),
    ...(text === undefined ? [] : [...checkRules(resource, text), ...checkNamespaces(resource, fleet, text)]),
    ...checkPolicyJob(resource, fleet),
  ];
}

function checkSecrets(resource: Resource<NomadACLPolicySpec>): readonly Diagnostic[] {
  if (!mentionsSecret(resource.spec.rules.inline)) return [];
  const message = 'a policy is readable in clear: it can’t hold a secret';
  return [finding(resource, ['spec', 'rules', 'inline'], { entry: kindCodes.secretExposed, message })];
}

function checkRules(resource: Resource<NomadACLPolicySpec>, text: string): readonly Diagnostic[] {
  return ruleProblems(text).map(({ message, hint, ...range }) => {
    const { span, where } = rulePlace(resource, text, range);
    return findingOf(nomadCodes.policyRules, { span, message: `${where}${message}`, hint });
  });
}

/** Only where definitions speak of namespaces at all: others may be made elsewhere. */
function checkNamespaces(
  resource: Resource<NomadACLPolicySpec>,
  fleet: Fleet,
  text: string,
): readonly Diagnostic[] {
  const names = fleet.byKind('NomadNamespace').map(({ metadata }) => metadata.name);
  if (names.length === 0) return [];
  return ruleNamespaces(text)
    .filter(({ value }) => value !== '' && value !== 'default' && !names.includes(value))
    .filter(({ value }) => fleet.isBroken?.(`NomadNamespace/${value}`) !== true)
    .map(({ value, ...range }) => {
      const { span, where } = rulePlace(resource, text, range);
      const message = `${where}the rules name the namespace ${value}, which nobody declares`;
      return findingOf(nomadCodes.policyNamespace, { span, message, hint: didYouMean(value, names) });
    });
}
