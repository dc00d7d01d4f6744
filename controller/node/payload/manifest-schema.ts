import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Manifest } from '../../model/payload.ts';

/*
 * Fields that a newer controller adds are let through: they are signed, and what they ask for is not done, only
 * carried. Fields that this version knows must have exactly the shape of model/payload.ts.
 */
const text = Type.String({ maxLength: 4096 });
const path = Type.String({ maxLength: 4096, pattern: '^/' });
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const ownership = { mode: Type.String({ pattern: '^[0-7]{4}$' }), owner: text, group: text };
const absent = Type.Object({ path, absent: Type.Literal(true) });
const isPresent = Type.Optional(Type.Literal(false));
const list = <T extends Parameters<typeof Type.Array>[0]>(items: T) =>
  Type.Array(items, { maxItems: 10_000 });

const directory = Type.Union([Type.Object({ path, absent: isPresent, ...ownership }), absent]);

const file = Type.Union([
  Type.Object({
    path,
    absent: isPresent,
    ...ownership,
    sensitive: Type.Boolean(),
    validate: list(text),
    sha256,
    sizeBytes: count,
  }),
  Type.Object({ path, link: text, absent: isPresent }),
  absent,
]);

const unit = Type.Object({
  name: text,
  absent: Type.Optional(Type.Boolean()),
  masked: Type.Optional(Type.Boolean()),
  enabled: Type.Boolean(),
  state: Type.Union([Type.Literal('Running'), Type.Literal('Stopped')]),
  restartOn: list(path),
  reloadOn: list(path),
  disruption: Type.Union(['None', 'Reload', 'Restart', 'Drain', 'Reboot'].map((name) => Type.Literal(name))),
  onFailure: Type.Union([Type.Literal('Revert'), Type.Literal('Hold')]),
  sha256: Type.Optional(sha256),
  sizeBytes: Type.Optional(count),
  sensitive: Type.Optional(Type.Boolean()),
});

const probe = Type.Object({
  name: text,
  exec: Type.Optional(Type.Array(text, { minItems: 1, maxItems: 256 })),
  http: Type.Optional(text),
  tcp: Type.Optional(text),
  unit: Type.Optional(text),
  file: Type.Optional(path),
  freeDisk: Type.Optional(Type.Object({ path, sizeBytes: count })),
  timeoutMs: Type.Integer({ minimum: 1, maximum: 3_600_000 }),
  retries: Type.Integer({ minimum: 0, maximum: 1000 }),
});

const manifest = Type.Object({
  v: Type.Literal(1),
  fleet: text,
  environment: text,
  server: text,
  recipient: text,
  order: Type.Object({ epoch: count, sequence: count, issue: count }),
  attempt: count,
  revision: text,
  hash: sha256,
  issuedAt: count,
  notAfter: count,
  confirmTimeoutMs: Type.Integer({ minimum: 1, maximum: 86_400_000 }),
  directories: list(directory),
  files: list(file),
  units: list(unit),
  preconditions: list(probe),
  checks: list(probe),
  waiting: list(text),
  groups: list(text),
  extra: Type.Object({}),
});

const compiled = Compile(manifest);
const probeKinds = ['exec', 'http', 'tcp', 'unit', 'file', 'freeDisk'] as const;

/** The manifest with its type, or one sentence that names the first wrong field. */
export function readManifest(value: unknown): { manifest: Manifest } | { problem: string } {
  if (!compiled.Check(value)) {
    const [first] = compiled.Errors(value);
    return {
      problem: `the manifest is wrong at ${first?.instancePath || '/'}: ${first?.message ?? 'no object'}`,
    };
  }
  const read = value as unknown as Manifest;
  const probes = [...read.preconditions, ...read.checks];
  const vague = probes.find((item) => probeKinds.filter((kind) => item[kind] !== undefined).length !== 1);
  if (vague !== undefined) return { problem: `the check ${vague.name} must have exactly one kind of probe` };
  const half = read.units.find((item) => (item.sha256 === undefined) !== (item.sizeBytes === undefined));
  if (half !== undefined) return { problem: `the unit ${half.name} must have both a hash and a size` };
  return { manifest: read };
}
