import type {
  V1CustomResourceColumnDefinition,
  V1CustomResourceDefinition,
  V1JSONSchemaProps,
} from '@kubernetes/client-node';
import { stringify } from 'yaml';
import type { AnyKind } from '../../controller/kinds/index.ts';
import { apiVersion } from '../../controller/model/resource.ts';
import { pluralName } from './kind-names.ts';
import { structuralSchema } from './structural-schema.ts';

const [group = '', version = ''] = apiVersion.split('/');

/** Conditions as Kubernetes writes them, with the git revision in the place of the generation. */
const statusSchema: V1JSONSchemaProps = {
  type: 'object',
  description: 'What became of the definition. Written by Drover only.',
  properties: {
    conditions: {
      type: 'array',
      description: 'Ready, Reconciling, Stalled, Held and Drifted; each once.',
      x_kubernetes_list_type: 'map',
      x_kubernetes_list_map_keys: ['type'],
      items: {
        type: 'object',
        required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
        properties: {
          type: {
            type: 'string',
            description: 'What the condition is about.',
            _enum: ['Ready', 'Reconciling', 'Stalled', 'Held', 'Drifted'],
          },
          status: { type: 'string', description: 'Whether it holds.', _enum: ['True', 'False', 'Unknown'] },
          reason: { type: 'string', description: 'One word of a closed list.', maxLength: 256 },
          message: { type: 'string', description: 'One sentence for people.', maxLength: 32_768 },
          observedRevision: { type: 'string', description: 'The commit that this was seen at.' },
          lastTransitionTime: {
            type: 'string',
            format: 'date-time',
            description: 'When status or reason last changed.',
          },
        },
      },
    },
  },
};

const ofReady = (field: string) => `.status.conditions[?(@.type=="Ready")].${field}`;

const columns: V1CustomResourceColumnDefinition[] = [
  { name: 'Ready', type: 'string', jsonPath: ofReady('status') },
  { name: 'Reason', type: 'string', jsonPath: ofReady('reason') },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

/** The CustomResourceDefinition of a kind, made from its schema. */
export function customResourceDefinition(kind: AnyKind): V1CustomResourceDefinition {
  const plural = pluralName(kind.name);
  const spec = structuralSchema(kind.schema, {
    at: [],
    keepsNull: (at) => kind.keepsNull?.(at) === true,
  });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      names: {
        kind: kind.name,
        listKind: `${kind.name}List`,
        plural,
        singular: kind.name.toLowerCase(),
        categories: ['drover'],
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description: spec.description ?? '',
              required: ['spec'],
              properties: {
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object' },
                spec,
                status: statusSchema,
              },
            },
          },
        },
      ],
    },
  };
}

/** Kubernetes reads YAML 1.1, where a plain `on` is true: what it would misread is quoted. */
const yamlOptions = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

/** As a file: the client's TypeScript names back to those of the API. */
export function definitionText(definition: V1CustomResourceDefinition): string {
  const text = stringify(apiNames(definition), yamlOptions);
  return `# Generated from the kind's schema by scripts/generate. Not edited by hand.\n${text}`;
}

function apiNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(apiNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [apiName(name), apiNames(item)]));
}

function apiName(name: string): string {
  if (name.startsWith('x_kubernetes_')) return name.replaceAll('_', '-');
  return name === '_enum' || name === '_default' ? name.slice(1) : name;
}
