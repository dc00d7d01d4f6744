import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterObjectCodes } from '../cluster-object-codes.ts';
import { finding } from '../finding.ts';
import { readField, readList, readText } from './read-field.ts';
import type { ConsulConfigEntrySpec } from './schema.ts';

/** Each source of an intention says who, and what that one may do. */
export function checkIntentions(
  resource: Resource<ConsulConfigEntrySpec>,
  config: JsonObject,
): readonly Diagnostic[] {
  if (resource.spec.type !== 'ServiceIntentions') return [];
  const sources = readList(config, 'Sources');
  const report = (at: readonly (string | number)[], message: string) =>
    finding(resource, ['spec', 'config', ...at], { entry: clusterObjectCodes.intentionSource, message });
  if (sources.length === 0) return [report([], 'the intentions have no Sources')];
  const seen = new Set<string>();
  return sources.flatMap(({ at, item }) => {
    const problem = sourceProblem(item, seen);
    return problem === undefined ? [] : [report(at, problem)];
  });
}

function sourceProblem(source: JsonObject, seen: Set<string>): string | undefined {
  const name = readText(source, 'Name');
  if (name === undefined || name === '') return 'the source has no Name';
  const scope = ['Peer', 'Namespace', 'Partition', 'SamenessGroup'].map(
    (field) => readText(source, field) ?? '',
  );
  const identity = [name, ...scope].join('/');
  if (seen.has(identity)) return `the source ${name} is named twice`;
  seen.add(identity);
  return actionProblem(source, name);
}

function actionProblem(source: JsonObject, name: string): string | undefined {
  const action = readText(source, 'Action');
  const hasPermissions = readField(source, 'Permissions') !== undefined;
  if (action === undefined) {
    return hasPermissions ? undefined : `the source ${name} has neither Action nor Permissions`;
  }
  if (hasPermissions) return `the source ${name} has Action and Permissions: Consul takes one of them`;
  return ['allow', 'deny'].includes(action)
    ? undefined
    : `the source ${name} can’t have the Action "${action}"`;
}
