import type { Static } from 'typebox';
import { Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, duration, size, integer } = fields;

const probes = {
  exec: optional(list(text('An argument.'), 'Command that must end with 0.')),
  http: optional(text('URL that must answer with a status below 400.')),
  tcp: optional(text('`host:port` that must accept a connection.')),
  unit: optional(text('Unit that must be active.')),
  file: optional(text('Absolute path that must exist.')),
  freeDisk: optional(
    object(
      { path: text('A path on the disk.'), size: size('Space that must be free.') },
      'Free space on a disk.',
    ),
  ),
} as const;

type ProbeName = keyof typeof probes;

/** A probe with the kinds of test that its place allows; exactly one of them is set. */
export function probeSchema<Names extends ProbeName>(
  names: readonly Names[],
  timeout: string,
  retries: number,
) {
  const allowed = Object.fromEntries(names.map((name) => [name, probes[name]])) as Pick<typeof probes, Names>;
  return Type.Object(
    {
      ...allowed,
      timeout: optional(duration('How long one try may take.', timeout)),
      retries: optional(integer('Tries after the first.', { default: retries, minimum: 0, maximum: 100 })),
    },
    { description: `A test; exactly one of ${names.join(', ')}.`, additionalProperties: false },
  );
}

const anyProbe = object(
  { ...probes, timeout: optional(text('Duration.')), retries: optional(integer('Tries.')) },
  'Any probe.',
);

export type ProbeDefinition = Static<typeof anyProbe>;
