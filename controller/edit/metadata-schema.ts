import type { JsonObject } from '../model/json.ts';

const label = '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$';
const flag: JsonObject = { enum: ['true', 'false'] };

const annotations: Readonly<Record<string, JsonObject>> = {
  'drover.dev/patch': {
    enum: ['merge', 'merge-or-create'],
    description: 'A JSON merge patch over the definition of that name in an earlier folder.',
  },
  'drover.dev/wave': {
    type: 'string',
    pattern: '^\\d{1,2}$',
    description: 'The wave in which it is applied, 0 to 99, quoted; in the place of the kind’s own.',
  },
  'drover.dev/protect': { ...flag, description: 'Taking it away asks a person.' },
  'drover.dev/prune': {
    enum: ['Delete', 'Orphan', 'Confirm'],
    description: 'What becomes of the object when its definition goes.',
  },
  'drover.dev/adopt': { ...flag, description: 'An object that exists already, and differs, is taken over.' },
  'drover.dev/waive': {
    type: 'string',
    pattern: '^\\s*DRV0\\d{3} until \\d{4}-\\d{2}-\\d{2}: \\S',
    description: 'Findings that are accepted until a day: "DRV0504 until 2026-12-31: the reason".',
  },
};

/** The schema of `metadata`, the same for all kinds but for the namespace. */
export function metadataSchema(isNamespaced: boolean): JsonObject {
  const namespace: JsonObject = isNamespaced
    ? {
        namespace: {
          type: 'string',
          pattern: label,
          default: 'default',
          description: 'The Nomad namespace.',
        },
      }
    : {};
  return {
    type: 'object',
    description: 'Name, namespace, labels and annotations.',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: {
        type: 'string',
        pattern: label,
        description: 'The name: lower-case letters, digits and dashes, at most 63.',
      },
      ...namespace,
      labels: {
        type: 'object',
        description: 'What selectors match.',
        additionalProperties: { type: 'string' },
      },
      annotations: {
        type: 'object',
        description: 'How it is handled (`drover.dev/…`), and what others want to remember.',
        properties: annotations,
        additionalProperties: { type: 'string' },
      },
    },
  };
}
