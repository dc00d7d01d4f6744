import type { Static } from 'typebox';
import type { Resource } from '../../model/resource.ts';
import { fields } from '../fields.ts';
import { type EntryTypeName, entryType } from './entry-types.ts';

const { optional, text, object, word, free } = fields;

const names: [EntryTypeName, ...EntryTypeName[]] = [
  'ServiceDefaults',
  'ServiceResolver',
  'ServiceSplitter',
  'ServiceRouter',
  'ServiceIntentions',
  'ProxyDefaults',
  'Mesh',
  'IngressGateway',
  'TerminatingGateway',
  'APIGateway',
  'HTTPRoute',
  'TCPRoute',
  'ExportedServices',
  'JWTProvider',
];

export const consulConfigEntrySchema = object(
  {
    type: word(names, 'The kind of entry.'),
    name: optional(
      text(
        'The entry’s name in Consul, for most kinds a service; for ProxyDefaults and Mesh the one that Consul knows, else the definition’s name when absent.',
      ),
    ),
    config: optional(
      free('The entry in Consul’s own words, as in its documentation, without Kind and Name.'),
    ),
  },
  'One config entry of Consul’s service mesh.',
);

export type ConsulConfigEntrySpec = Static<typeof consulConfigEntrySchema>;

/** The entry’s name in Consul. */
export function entryName({ spec, metadata }: Resource<ConsulConfigEntrySpec>): string {
  return spec.name ?? entryType(spec.type).name ?? metadata.name;
}

/** `service-defaults/web`: unique in a datacenter. */
export function entryKey(resource: Resource<ConsulConfigEntrySpec>): string {
  return `${entryType(resource.spec.type).kind}/${entryName(resource)}`;
}
