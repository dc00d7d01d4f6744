import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { createBindingRules, ruleSpec } from './binding-rules.ts';
import { type NomadClient, segment, text } from './client.ts';
import { saidValues } from './named-objects.ts';

/**
 * Auth methods by name, each with its binding rules: the spec is the method's, with `BindingRules` as a list. A client secret
 * is read as the word `redacted`, and a write without it takes it away.
 */
export function createAuthMethods(client: NomadClient): ClusterObjects {
  const rules = createBindingRules(client);
  const pathOf = (key: string) => `/v1/acl/auth-method/${segment(key)}`;
  return {
    async read(key, signal) {
      const answer = await client.read(pathOf(key), {}, signal);
      if (answer === undefined || !isJsonObject(answer.body)) return undefined;
      const found = await rules.list(key, signal);
      const spec = { ...methodSpec(answer.body), BindingRules: sorted(found.map(ruleSpec)) };
      return { key, spec, index: undefined };
    },
    async write({ key, spec, expected }, signal) {
      const { BindingRules: list, ...method } = spec;
      const wanted = Array.isArray(list) ? list.filter(isJsonObject) : [];
      // Rules outlive their method: what is left of a former one goes before the new one can let anybody in by it.
      const kept = await rules.prune({ method: key, wanted: expected === undefined ? [] : wanted }, signal);
      await client.send(
        { method: 'POST', path: pathOf(key), query: {}, body: { ...method, Name: key } },
        signal,
      );
      await rules.ensure({ method: key, wanted, kept }, signal);
    },
    async remove(key, signal) {
      await rules.prune({ method: key, wanted: [] }, signal);
      if ((await client.read(pathOf(key), {}, signal)) === undefined) return;
      await client.send({ method: 'DELETE', path: pathOf(key), query: {} }, signal);
    },
  };
}

function methodSpec(body: JsonObject): JsonObject {
  return {
    Name: text(body['Name']),
    Type: text(body['Type']),
    TokenLocality: text(body['TokenLocality']),
    TokenNameFormat: text(body['TokenNameFormat']),
    MaxTokenTTL: text(body['MaxTokenTTL']),
    Default: body['Default'] === true,
    Config: isJsonObject(body['Config']) ? saidValues(body['Config']) : {},
  };
}

function sorted(rules: readonly JsonObject[]): readonly Json[] {
  return rules.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
