import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { configSchema } from '../../controller/config.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { agentSettingsSchema } from '../../controller/node/settings.ts';
import { allowedRooms } from '../architecture/rooms.ts';
import { codeSpansOf, firstColumnOf, readPages, root } from './markdown.ts';

const pages = await readPages();
const page = (name: string) => pages.get(name) ?? '';

test('docs/dependencies.md lists the packages of package.json, and no others', async (t) => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    await readFile(path.join(root, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  const real = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  t.deepEqual(firstColumnOf(page('docs/dependencies.md')).toSorted(), real.toSorted());
});

test('docs/architecture.md tells each room and its imports as they are held', (t) => {
  const rows = [...page('docs/architecture.md').matchAll(/^\| `(\w+)\/` \| .* \| ([^|]*) \|$/gm)];
  const written = new Map(rows.map(([, room = '', imports = '']) => [room, imports]));
  for (const [room, allowed] of Object.entries(allowedRooms)) {
    const imports = written.get(room) ?? 'not on the page';
    if (room === 'reconcile') continue;
    const expected = allowed.length === 0 ? 'nothing' : allowed.toSorted().join(', ');
    t.is(imports.split(', ').toSorted().join(', '), expected, room);
  }
  t.deepEqual(
    [...written.keys()].filter((room) => room !== 'cli').toSorted(),
    Object.keys(allowedRooms).toSorted(),
  );
});

/** Every dotted path of a schema, with `NAME` left out: `rollout.confirm.timeout`. */
function settingPaths(schema: unknown, prefix: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, patternProperties = {}, anyOf = [], items } = schema as Record<string, object>;
  const own = Object.entries(properties).flatMap(([name, field]) => {
    const inside = prefix === '' ? name : `${prefix}.${name}`;
    return [inside, ...settingPaths(field, inside)];
  });
  const same = [...Object.values(patternProperties), ...(anyOf as readonly object[]), items];
  return [...own, ...same.flatMap((part) => settingPaths(part, prefix))];
}

const allPaths = [
  configSchema,
  agentSettingsSchema,
  ...[...kinds.values()].map(({ schema }) => schema),
].flatMap((schema) => settingPaths(schema, ''));

function isSetting(span: string): boolean {
  return allPaths.some((known) => known === span || known.endsWith(`.${span}`));
}

/** Dotted words that are no settings: files, programs, annotations and objects of expressions. */
const otherDotted =
  /\.(?:ts|md|txt|yaml|json|hcl|prom|log|ndjson|metadata|sock|example|token|secret|key|service|mjs)$|^(?:drover|server|vars|plan)\./;

test('every dotted setting that a page names exists', (t) => {
  const unknown: string[] = [];
  let seen = 0;
  for (const [name, text] of pages) {
    if (name.startsWith('docs/kinds/')) continue;
    for (const span of codeSpansOf(text)) {
      const [, setting] = /^([a-z][A-Za-z]*(?:\.[a-zA-Z]+)+)(?::.*)?$/.exec(span) ?? [];
      if (setting === undefined || otherDotted.test(setting)) continue;
      seen += 1;
      if (!isSetting(setting.replaceAll('.NAME', ''))) unknown.push(`${name}: ${setting}`);
    }
  }
  t.deepEqual(unknown, []);
  t.true(seen > 20);
  t.false(isSetting('rollout.maxAvailable'));
});
