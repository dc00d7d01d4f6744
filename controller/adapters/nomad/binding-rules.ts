import { UnavailableError } from '../../model/errors.ts';
import type { JsonObject } from '../../model/json.ts';
import { type NomadClient, record, records, segment, text } from './client.ts';

/** A binding rule as Nomad keeps it: the id is Nomad's own. */
export interface BindingRule {
  readonly id: string;
  readonly description: string;
  readonly selector: string;
  readonly bindType: string;
  readonly bindName: string;
}

export interface BindingRules {
  /** All rules of one method, also of a method that is gone. */
  list(method: string, signal: AbortSignal): Promise<readonly BindingRule[]>;
  /** Removes what no wanted rule can be made of, and gives what is left. */
  prune(
    request: { readonly method: string; readonly wanted: readonly JsonObject[] },
    signal: AbortSignal,
  ): Promise<readonly BindingRule[]>;
  /** Makes and changes rules until all wanted ones are there. */
  ensure(
    request: {
      readonly method: string;
      readonly wanted: readonly JsonObject[];
      readonly kept: readonly BindingRule[];
    },
    signal: AbortSignal,
  ): Promise<void>;
}

export function ruleSpec({ description, selector, bindType, bindName }: BindingRule): JsonObject {
  return { BindName: bindName, BindType: bindType, Description: description, Selector: selector };
}

/** The binding rules of auth methods. Nomad lists those of all methods, and only their ids with descriptions. */
export function createBindingRules(client: NomadClient): BindingRules {
  const list = (method: string, signal: AbortSignal) => listRules(client, method, signal);
  return {
    list,
    async prune({ method, wanted }, signal) {
      const there = await list(method, signal);
      const kept = keepable(there, wanted);
      for (const rule of there.filter((one) => !kept.includes(one))) {
        const path = `/v1/acl/binding-rule/${segment(rule.id)}`;
        await client.send({ method: 'DELETE', path, query: {} }, signal);
      }
      return kept;
    },
    async ensure({ method, wanted, kept }, signal) {
      const left = [...kept];
      for (const rule of wanted) {
        const own = takeMatch(left, rule);
        if (own !== undefined && isSame(own, rule)) continue;
        const id = own === undefined ? {} : { ID: own.id };
        const path = own === undefined ? '/v1/acl/binding-rule' : `/v1/acl/binding-rule/${segment(own.id)}`;
        const body = { ...rule, ...id, AuthMethod: method };
        await client.send({ method: 'POST', path, query: {}, body }, signal);
      }
    },
  };
}

async function listRules(
  client: NomadClient,
  method: string,
  signal: AbortSignal,
): Promise<readonly BindingRule[]> {
  const answer = await client.read('/v1/acl/binding-rules', {}, signal);
  // Never an empty list: rules that are not seen would be made twice.
  if (answer === undefined) throw new UnavailableError('Nomad answered 404 to the list of binding rules');
  const own = records(answer.body).filter((stub) => stub['AuthMethod'] === method);
  const found: BindingRule[] = [];
  for (const stub of own) {
    const rule = await client.read(`/v1/acl/binding-rule/${segment(text(stub['ID']))}`, {}, signal);
    if (rule !== undefined) found.push(bindingRule(record(rule.body)));
  }
  return found;
}

function bindingRule(body: Readonly<Record<string, unknown>>): BindingRule {
  return {
    id: text(body['ID']),
    description: text(body['Description']),
    selector: text(body['Selector']),
    bindType: text(body['BindType']),
    bindName: text(body['BindName']),
  };
}

/** One live rule for each wanted one, where there is one. */
function keepable(there: readonly BindingRule[], wanted: readonly JsonObject[]): readonly BindingRule[] {
  const left = [...there];
  return wanted.flatMap((rule) => takeMatch(left, rule) ?? []);
}

/**
 * The live rule that a wanted one stands for: the same one, else one of that description with the same bind type and a name,
 * since an update with an empty name keeps the old one.
 */
function takeMatch(left: BindingRule[], wanted: JsonObject): BindingRule | undefined {
  const same = left.findIndex((rule) => isSame(rule, wanted));
  const near = left.findIndex(
    ({ description, bindType }) => description === wanted['Description'] && bindType === wanted['BindType'],
  );
  const index = same >= 0 ? same : near;
  return index < 0 ? undefined : left.splice(index, 1)[0];
}

function isSame(rule: BindingRule, wanted: JsonObject): boolean {
  return Object.entries(ruleSpec(rule)).every(([name, value]) => wanted[name] === value);
}
