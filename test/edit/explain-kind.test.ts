import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { parse } from 'yaml';
import { explainKind, fieldsOfKind, kindsText } from '../../controller/edit/explain-kind.ts';
import { findKinds } from '../../controller/edit/find-kinds.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { kebabName } from '../../controller/kinds/kebab-name.ts';

const root = join(import.meta.dirname, '../..');

interface CrdNode {
  readonly properties?: Readonly<Record<string, CrdNode>>;
  readonly additionalProperties?: CrdNode;
  readonly items?: CrdNode;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

interface CrdField {
  readonly path: string;
  readonly isOpen: boolean;
  readonly isRequired: boolean;
  readonly description: string;
}

/** The fields of a CRD by the paths of ours; `open` are those inside which it takes anything. */
function crdFields(node: CrdNode, path = ''): readonly CrdField[] {
  if (node.items !== undefined) return crdFields(node.items, `${path}[]`);
  if (node.additionalProperties !== undefined) return crdFields(node.additionalProperties, `${path}.NAME`);
  const open =
    node['x-kubernetes-preserve-unknown-fields'] === true
      ? [{ path, isOpen: true, isRequired: false, description: '' }]
      : [];
  const inside = Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const below = path === '' ? name : `${path}.${name}`;
    const isRequired = node.required?.includes(name) === true;
    const { description = '' } = field;
    return [{ path: below, isOpen: false, isRequired, description }, ...crdFields(field, below)];
  });
  return [...open, ...inside];
}

async function crdOf(name: string): Promise<CrdNode> {
  const crd = parse(await readFile(join(root, 'crds', `${name}.yaml`), 'utf8')) as {
    spec: { versions: { schema: { openAPIV3Schema: CrdNode } }[] };
  };
  return crd.spec.versions[0]?.schema.openAPIV3Schema.properties?.['spec'] ?? {};
}

for (const kind of kinds.values()) {
  test(`explain, docs page and CRD of ${kind.name} have the same fields`, async (t) => {
    const name = kebabName(kind.name);
    const paths = fieldsOfKind(kind).map(({ path }) => path);
    const page = await readFile(join(root, 'docs/kinds', `${name}.md`), 'utf8');
    const inPage = new Set([...page.matchAll(/^\| `([^`]+)`/gm)].map(([, path = '']) => path));
    t.deepEqual(
      paths.filter((path) => !inPage.has(path)),
      [],
    );
    const crd = crdFields(await crdOf(name));
    const closed = crd.filter(({ isOpen }) => !isOpen).map(({ path }) => path);
    const open = crd.filter(({ isOpen }) => isOpen).map(({ path }) => path);
    t.deepEqual(
      closed.filter((path) => !paths.includes(path)),
      [],
    );
    const isTold = (path: string) => closed.includes(path) || open.some((each) => path.startsWith(each));
    t.deepEqual(
      paths.filter((path) => !isTold(path)),
      [],
    );
  });

  test(`explain, docs page and CRD of ${kind.name} say the same of each field`, async (t) => {
    const name = kebabName(kind.name);
    const page = await readFile(join(root, 'docs/kinds', `${name}.md`), 'utf8');
    const told = new Map(
      crdFields(await crdOf(name)).map((field) => [`${field.path} ${field.isOpen}`, field]),
    );
    for (const { path, type, isRequired, defaultValue, description } of fieldsOfKind(kind)) {
      const mark = isRequired ? ' **!**' : '';
      t.true(page.includes(`| \`${path}\`${mark} | ${type} | ${defaultValue} | ${description} |`), path);
      const inCrd = told.get(`${path} false`);
      if (inCrd === undefined) continue;
      t.is(inCrd.isRequired, isRequired, path);
      t.true(inCrd.description.startsWith(description), path);
      t.is(inCrd.description.includes(' Default: '), defaultValue !== '', path);
    }
  });

  test(`every field of ${kind.name} can be asked for, and has its words`, (t) => {
    for (const { path, description } of fieldsOfKind(kind)) {
      const explained = explainKind(kind, path.replaceAll('[]', '').split('.'), { isRecursive: false });
      t.true(explained.ok, path);
      t.true(description.length > 3, path);
      const text = explained.ok ? explained.text.replaceAll(/\s+/g, ' ') : '';
      const told = /FIELD (\S+) </.exec(text)?.[1] ?? '';
      t.is(told.replaceAll(/\.NAME|\[\]/g, ''), path.replaceAll(/\.NAME|\[\]/g, ''));
      t.true(text.includes(description.split(/\s+/).slice(0, 3).join(' ')), path);
    }
  });
}

const server = () => {
  const kind = kinds.get('Server');
  if (kind === undefined) throw new Error('there is no Server');
  return kind;
};

const explained = (path: readonly string[], isRecursive = false) =>
  explainKind(server(), path, { isRecursive });

test('a kind lists its fields, one level deep', (t) => {
  const found = explained([]);
  t.true(found.ok);
  t.regex(found.ok ? found.text : '', /^ {2}interfaces <.*> required$/m);
  t.notRegex(found.ok ? found.text : '', /NAME\.address/);
  t.regex((found.ok && found.text) || '', /state <.*Active.*> = Active/);
});

test('with --recursive fields inside fields are listed too', (t) => {
  const found = explained([], true);
  t.regex((found.ok && found.text) || '', /interfaces\.NAME\.address <text> required/);
});

test('names of a map may be left out, be any name, or NAME', (t) => {
  for (const middle of [[], ['lan'], ['NAME']]) {
    t.true(explained(['interfaces', ...middle, 'address']).ok);
    t.true(explained(['spec', 'interfaces', ...middle, 'address']).ok);
  }
});

test('a misspelt field has a suggestion', (t) => {
  const found = explained(['interfaces', 'lan', 'adress']);
  t.regex((!found.ok && found.hint) || '', /did you mean "address"/);
  const top = explained(['interfacs']);
  t.regex((!top.ok && top.hint) || '', /did you mean "interfaces"/);
});

test('all kinds are listed', (t) => {
  const text = kindsText([...kinds.values()]);
  for (const name of kinds.keys()) t.true(text.includes(name));
});

test('kinds are found by their name in any case, short names, endings and plurals', (t) => {
  const names = (word: string) => findKinds(word, kinds).map(({ name }) => name);
  t.deepEqual(names('server'), ['Server']);
  t.deepEqual(names('SERVERS'), ['Server']);
  t.deepEqual(names('machine-config'), ['MachineConfig']);
  t.deepEqual(names('config').includes('MachineConfig'), true);
  t.true(names('job').includes('NomadJob'));
  t.true(names('policies').includes('VaultPolicy'));
  t.deepEqual(names('ns'), ['NomadNamespace']);
  t.deepEqual(names('nonsense'), []);
});
