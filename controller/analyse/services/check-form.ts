import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { numberOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import { allServices, type GroupService, type ServiceCheck } from '../jobs/group-services.ts';
import type { Rule } from '../rule.ts';
import { serviceCodes } from './service-codes.ts';

const types = { consul: ['grpc', 'http', 'script', 'tcp'], nomad: ['http', 'tcp'] } as const;
const seconds = (nanoseconds: number) => (nanoseconds < 1e6 ? `${nanoseconds}ns` : `${nanoseconds / 1e9}s`);

/** Checks say what to ask and how often, and leave time for the answer. */
export const checkForm: Rule = (fleet) =>
  allServices(fleet).flatMap((service) => service.checks.flatMap((check) => judge(check, service)));

function judge({ check, locate }: ServiceCheck, service: GroupService): readonly Diagnostic[] {
  const problem = typeProblem(check, service) ?? timeProblem(check) ?? needProblem(check, service);
  if (problem !== undefined) {
    const { attribute, ...details } = problem;
    return [findingOf(serviceCodes.checkForm, { span: locate(attribute), ...details })];
  }
  const [interval, timeout] = [numberOf(check['Interval'], 0), numberOf(check['Timeout'], 0)];
  if (timeout < interval) return [];
  const message = `the check waits ${seconds(timeout)} for an answer, and asks every ${seconds(interval)}`;
  return [findingOf(serviceCodes.checkTimes, { span: locate('timeout'), message })];
}

interface CheckProblem {
  readonly attribute: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

function typeProblem(check: JsonObject, { provider }: GroupService): CheckProblem | undefined {
  const type = textOf(check['Type']).toLowerCase();
  if (type === '') return { attribute: 'type', message: 'the check has no type' };
  const known: readonly string[] = types[provider];
  if (known.includes(type)) return undefined;
  const whose = provider === 'nomad' ? 'services of the provider nomad have' : 'Nomad has';
  return {
    attribute: 'type',
    message: `${whose} no check of the type ${type}`,
    hint: didYouMean(type, known) ?? `write ${known.join(', ')}`,
  };
}

function timeProblem(check: JsonObject): CheckProblem | undefined {
  for (const attribute of ['interval', 'timeout']) {
    const field = attribute === 'interval' ? 'Interval' : 'Timeout';
    const written = numberOf(check[field], 0);
    if (written === 0) return { attribute, message: `the check has no ${attribute}` };
    if (written < 1e9) {
      const message = `the check’s ${attribute} of ${seconds(written)} is below 1s`;
      const hint = `write it with a unit, as "${written}s"; in JSON in nanoseconds, as ${written}000000000`;
      return { attribute, message, ...(written < 1e3 ? { hint } : {}) };
    }
  }
  return undefined;
}

function needProblem(check: JsonObject, service: GroupService): CheckProblem | undefined {
  const type = textOf(check['Type']).toLowerCase();
  if (type === 'script') {
    return scriptProblem(check, service);
  }
  if (type === 'http' && textOf(check['Path']) === '') {
    return { attribute: 'path', message: 'a check of the type http has no path' };
  }
  if (service.port !== '' || textOf(check['PortLabel']) !== '') return undefined;
  return { attribute: 'port', message: `neither the check nor its service has a port to ask by ${type}` };
}

function scriptProblem(check: JsonObject, { task }: GroupService): CheckProblem | undefined {
  if (textOf(check['Command']) === '') {
    return { attribute: 'command', message: 'a check of the type script has no command' };
  }
  if (task !== '' || textOf(check['TaskName']) !== '') return undefined;
  return { attribute: 'task', message: 'a script of a group’s service has no task to run in' };
}
