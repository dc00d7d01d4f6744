import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterObjectCodes } from '../cluster-object-codes.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkSourceFile, repositoryPath } from '../source-file.ts';
import { readAclRules } from './read-rules.ts';
import { aclRules } from './render.ts';
import { aclPolicyName, type ConsulACLPolicySpec } from './schema.ts';

const prefixed = [
  'agent',
  'event',
  'identity',
  'key',
  'namespace',
  'node',
  'partition',
  'query',
  'service',
  'session',
];
const plain = ['acl', 'keyring', 'mesh', 'operator', 'peering'];
const resources = [...plain, ...prefixed, ...prefixed.map((word) => `${word}_prefix`)];
const enclosing = new Set(['namespace', 'namespace_prefix', 'partition', 'partition_prefix']);
const rights = ['read', 'write', 'deny'];

export function checkConsulACLPolicy(
  resource: Resource<ConsulACLPolicySpec>,
  fleet: Fleet,
): readonly Diagnostic[] {
  const { rules } = resource.spec;
  const { file } = rules;
  return [
    ...checkName(resource),
    ...exactlyOne(resource, ['spec', 'rules'], rules, ['inline', 'file']),
    ...checkSourceFile(resource, fleet, { file, at: ['spec', 'rules', 'file'], isText: true }),
    ...checkRules(resource, aclRules(resource, fleet)),
  ];
}

function checkName(resource: Resource<ConsulACLPolicySpec>): readonly Diagnostic[] {
  const name = aclPolicyName(resource);
  const at = resource.spec.name === undefined ? ['metadata', 'name'] : ['spec', 'name'];
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(name)) {
    const message = `an ACL policy can’t be named "${name}": letters, digits, dashes and underscores, 128 at most`;
    return [finding(resource, at, { entry: kindCodes.name, message })];
  }
  const owner = name.startsWith('drover-') ? 'Drover’s' : name.startsWith('global-') ? 'Consul’s' : undefined;
  if (owner === undefined) return [];
  const message = `the policy ${name} is ${owner} own`;
  return [finding(resource, at, { entry: clusterObjectCodes.policyName, message })];
}

/** Of each kind of mistake in one text; another language has nothing but mistakes. */
const mostTold = 50;

function checkRules(
  resource: Resource<ConsulACLPolicySpec>,
  text: string | undefined,
): readonly Diagnostic[] {
  if (text === undefined) return [];
  const read = readAclRules(text);
  const report = (entry: CodeEntry, start: number, message: string, hint?: string) =>
    findingAt(resource, { text, start }, { entry, message, hint });
  if (read.brokenAt !== undefined) {
    return [
      report(
        clusterObjectCodes.rulesForm,
        read.brokenAt,
        'the rules can’t be read from here on: something is left open',
      ),
    ];
  }
  const unknown = read.resources
    .filter(({ word }) => !resources.includes(word))
    .slice(0, mostTold)
    .map(({ word, start }) =>
      report(
        clusterObjectCodes.ruleResource,
        start,
        `Consul has no rules for "${word}"`,
        didYouMean(word, resources),
      ),
    );
  // Inside a namespace or partition stand resources again, whose rights are Enterprise’s.
  if (read.resources.some(({ word }) => enclosing.has(word))) return unknown;
  return [
    ...unknown,
    ...wrongLevels(read.levels).map(({ word, start, resource: on, allowed }) => {
      const message = `there is no right "${word}" on ${on === '' ? 'it' : on}`;
      return report(clusterObjectCodes.ruleLevel, start, message, `write ${allowed.join(', ')}`);
    }),
  ];
}

function wrongLevels<Level extends { readonly word: string; readonly resource: string }>(
  levels: readonly Level[],
) {
  return levels
    .map((level) => {
      const takesList = level.resource === 'key_prefix' || level.resource === 'key';
      return { ...level, allowed: takesList ? [...rights, 'list'] : rights };
    })
    .filter(({ word, allowed }) => !allowed.includes(word))
    .slice(0, mostTold);
}

/** In a file the very place; in an inline text the field, with the line in the message. */
function findingAt(
  resource: Resource<ConsulACLPolicySpec>,
  { text, start }: { text: string; start: number },
  problem: { entry: CodeEntry; message: string; hint: string | undefined },
): Diagnostic {
  const { entry, message, hint } = problem;
  const before = text.slice(0, start).split('\n');
  const { file } = resource.spec.rules;
  const path = file === undefined ? undefined : repositoryPath(resource, file);
  if (path === undefined) {
    const where = text.trimEnd().includes('\n') ? ` (line ${before.length} of the text)` : '';
    return finding(resource, ['spec', 'rules', 'inline'], { entry, message: `${message}${where}`, hint });
  }
  const column = (before.at(-1)?.length ?? 0) + 1;
  const span: Span = { path, line: before.length, column, endLine: before.length, endColumn: column + 1 };
  return findingOf(entry, { span, message, hint });
}
