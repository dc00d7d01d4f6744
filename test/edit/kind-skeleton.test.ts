import test from 'ava';
import { parse, parseAllDocuments } from 'yaml';
import { formatYaml } from '../../controller/edit/format-yaml.ts';
import { kindSkeleton } from '../../controller/edit/kind-skeleton.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { exampleOf } from './kind-examples.ts';

for (const kind of kinds.values()) {
  test(`the skeleton of ${kind.name} is its example with every field explained`, async (t) => {
    const example = await exampleOf(kind.name);
    const text = kindSkeleton(kind, example, { name: 'mine' });
    const made = parse(text) as { metadata: { name: string }; spec: unknown };
    const first = parseAllDocuments(example)
      .map((document) => document.toJSON() as { kind: string; spec: unknown })
      .find((value) => value.kind === kind.name);
    t.is(made.metadata.name, 'mine');
    t.deepEqual(made.spec ?? {}, first?.spec ?? {});
    const { properties = {} } = kind.schema as { properties?: Record<string, object> };
    for (const name of Object.keys(properties)) t.regex(text, new RegExp(`^ {2}(# )?${name}:`, 'm'));
    t.true(formatYaml(text).ok);
  });
}
