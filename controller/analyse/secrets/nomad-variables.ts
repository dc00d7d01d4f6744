import type { Fleet } from '../../kinds/kind.ts';
import type { NomadVariableSpec } from '../../kinds/nomad-variable/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { doubtfulNamespaces } from '../doubtful-namespaces.ts';
import { allTemplates, type TaskTemplate } from '../jobs/task-templates.ts';
import type { TemplateRead } from '../jobs/template-facts.ts';
import type { Rule } from '../rule.ts';
import { secretCodes } from './secret-codes.ts';

/** What a variable answers about itself, beside its items. */
const methods: ReadonlySet<string> = new Set(['Items', 'Keys', 'Metadata', 'Parent', 'Tuples', 'Values']);

/** Templates read variables of Nomad that are declared, and items that they have. */
export const nomadVariables: Rule = (fleet, kinds) => {
  if (fleet.byKind('NomadVariable').length === 0 || fleet.mayMiss?.('NomadVariable') === true) return [];
  const doubtful = doubtfulNamespaces(fleet, kinds);
  const templates = allTemplates(fleet).filter(({ group }) => !doubtful.has(group.fleetJob.resource));
  return templates.flatMap((template) =>
    template.facts.reads
      .filter(({ call, argument }) => call === 'nomadVar' && !argument.includes('@'))
      .flatMap((read) => judge(fleet, template, read)),
  );
};

function judge(
  fleet: Fleet,
  { group, task, locate }: TaskTemplate,
  { argument: path, fields }: TemplateRead,
): readonly Diagnostic[] {
  const { namespace } = group.fleetJob;
  const own = fleet
    .byKind<NomadVariableSpec>('NomadVariable')
    .filter(({ metadata }) => (metadata.namespace ?? 'default') === namespace);
  const variable = own.find(({ spec }) => spec.path === path);
  if (variable === undefined) {
    if (own.length === 0) return [];
    const message = `no NomadVariable of ${namespace} has the path ${path}, which a template of ${task.name} reads`;
    const hint = didYouMean(
      path,
      own.map(({ spec }) => spec.path),
    );
    return [findingOf(secretCodes.undeclaredVariable, { span: locate('data', path), message, hint })];
  }
  const items = Object.keys(variable.spec.items);
  const asked = new Set(fields.flatMap(([item]) => (item === undefined || methods.has(item) ? [] : [item])));
  return [...asked]
    .filter((item) => !items.includes(item))
    .map((item) =>
      findingOf(secretCodes.unknownItem, {
        span: locate('data', path, item),
        message: `the variable ${path} has no item ${item}`,
        hint: didYouMean(item, items) ?? `its items are ${items.join(', ')}`,
        related: [{ message: `the items of ${path}`, span: variable.locate(['spec', 'items']) }],
      }),
    );
}
