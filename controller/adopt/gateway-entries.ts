import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** Config entries of Consul that Nomad writes whenever the job is registered, for the gateways in it. */
export function gatewayEntries(job: JsonObject): readonly string[] {
  const services = objectsIn(job['TaskGroups']).flatMap((group) => objectsIn(group['Services']));
  return services.flatMap(({ Name: name, Connect: connect }) => {
    const gateway = isJsonObject(connect) ? connect['Gateway'] : undefined;
    if (typeof name !== 'string' || !isJsonObject(gateway)) return [];
    return [
      ...(isJsonObject(gateway['Ingress']) ? [`ingress-gateway/${name}`] : []),
      ...(isJsonObject(gateway['Terminating']) ? [`terminating-gateway/${name}`] : []),
    ];
  });
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
