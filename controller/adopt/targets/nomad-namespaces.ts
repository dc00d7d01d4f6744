import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { isBlank } from '../../model/says-nothing.ts';
import { createObjectAdoption } from '../object-target.ts';

export const nomadNamespaces = createObjectAdoption({
  title: 'Nomad namespaces',
  needs: 'any right in a namespace',
  kind: 'NomadNamespace',
  unit: 'nomad-namespace',
  word: 'namespace',
  file: 'nomad/namespaces.yaml',
  isAsked: ({ nomad }) => nomad !== undefined,
  keys: async ({ nomad }, signal) => (await nomad?.listings.namespaces.keys('', signal)) ?? [],
  objects: ({ nomad }) => nomad?.namespaces ?? { read: async () => undefined },
  isForeign: () => false,
  define({ key, spec: live }) {
    const spec = specOf(live);
    const isAsMade = Object.keys(spec).length === 1 && spec['description'] === 'Default shared namespace';
    return key === 'default' && isAsMade ? undefined : { spec };
  },
});

function specOf(live: JsonObject): JsonObject {
  const { contact, ...meta } = isJsonObject(live['Meta']) ? live['Meta'] : {};
  return {
    ...(live['Description'] === undefined ? {} : { description: live['Description'] }),
    ...(contact === undefined ? {} : { contact }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
    ...lowered('capabilities', live['Capabilities']),
    ...lowered('nodePools', live['NodePoolConfiguration']),
  };
}

/** Nomad's own field names with a small first letter; what is empty says nothing. */
function lowered(name: string, value: Json | undefined): JsonObject {
  const said = Object.entries(isJsonObject(value) ? value : {}).filter(([, item]) => !isBlank(item));
  if (said.length === 0) return {};
  const fields = said.map(([field, item]) => [`${field.charAt(0).toLowerCase()}${field.slice(1)}`, item]);
  return { [name]: Object.fromEntries(fields) };
}
