import { readEnvironment } from '../../controller/compile/read-environment.ts';
import { withViews } from '../../controller/kinds/fleet-views.ts';
import { kinds } from '../../controller/kinds/index.ts';
import type { ExpandedText, Fleet, KindName } from '../../controller/kinds/kind.ts';
import type { EnvironmentSpec } from '../../controller/kinds/project/schema.ts';
import type { Json, JsonObject } from '../../controller/model/json.ts';
import { secretPlaceholder } from '../../controller/model/payload.ts';
import { type FieldPath, type Resource, resourceId } from '../../controller/model/resource.ts';

export interface FakeResource {
  readonly kind: KindName;
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: object;
  readonly path?: string;
}

export interface FakeFleet {
  readonly environment?: Partial<EnvironmentSpec>;
  readonly resources: readonly FakeResource[];
  readonly files?: Readonly<Record<string, string>>;
  readonly jobs?: Readonly<Record<string, JsonObject>>;
}

/** One resource; a place is told as line 1 and the field's path, so that tests can see which field was meant. */
export function fakeResource<S = JsonObject>(fake: FakeResource): Resource<S> {
  const { kind, name, namespace, labels = {}, annotations = {}, spec, path = `${name}.yaml` } = fake;
  return {
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels, annotations },
    spec: spec as S,
    path,
    locate: (at: FieldPath) => ({
      path: `${path}#${at.join('.')}`,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
    }),
  };
}

/** A fleet built by hand. Knows `vars.x`, `server.name`, `server.address`, `server.facts.x` and `secret("path", "key")`. */
export function fakeFleet({ environment = {}, resources, files = {}, jobs = {} }: FakeFleet): Fleet {
  const all = resources.map((resource) => fakeResource(resource));
  const byKind = Map.groupBy(all, ({ kind }) => kind);
  const byId = new Map(all.map((resource) => [resourceId(resource), resource]));
  const fleet: Fleet = withViews(
    {
      environment: readEnvironment(
        'test',
        { cluster: 'test', ...environment },
        { fleet: 'acme', folders: ['.'] },
      ),
      resources: all.toSorted((a, b) => (resourceId(a) < resourceId(b) ? -1 : 1)),
      byKind: <S>(kind: KindName) => (byKind.get(kind) ?? []) as unknown as Resource<S>[],
      find: <S>(kind: KindName, name: string, namespace?: string) => {
        const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
        return byId.get(resourceId({ kind, metadata })) as Resource<S> | undefined;
      },
      file: (path) => (files[path] === undefined ? undefined : new TextEncoder().encode(files[path])),
      parsedJob: (id) => jobs[id],
      expand: (text, { server }) => expand(text, fleet, server),
    },
    kinds,
  );
  return fleet;
}

function expand(text: string, fleet: Fleet, server: string | undefined): ExpandedText {
  const secrets: { path: string; key: string }[] = [];
  const written = text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const secret = /^secret\("([^"]+)", "([^"]+)"\)$/.exec(expression);
    if (secret === null) return valueOf(expression.split('.'), fleet, server);
    const reference = { path: secret[1] ?? '', key: secret[2] ?? '' };
    secrets.push(reference);
    return secretPlaceholder(reference);
  });
  return { text: written, secrets, diagnostics: [] };
}

function valueOf(path: readonly string[], fleet: Fleet, server: string | undefined): string {
  const spec = server === undefined ? undefined : fleet.find('Server', server)?.spec;
  const address = Object.values(
    (spec?.interfaces ?? {}) as Record<string, { address: string }>,
  )[0]?.address.split('/')[0];
  const scope: Json = {
    vars: fleet.environment.vars,
    server: { ...spec, name: server ?? null, address: address ?? null },
  };
  const found = path.reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], scope);
  return String(found);
}
