import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import { kinds } from '../../controller/kinds/index.ts';
import { kebabName } from '../../controller/kinds/kebab-name.ts';
import type { Json, JsonObject } from '../../controller/model/json.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { readCase } from '../compile/read-case.ts';
import { sourceOf } from '../compile/source-of.ts';

const root = join(import.meta.dirname, '../..');

/** A job with something of everything, as Nomad's API writes it. */
export const richJob = JSON.parse(
  readFileSync(join(import.meta.dirname, 'rich-job.json'), 'utf8'),
) as JsonObject;

export const richPath = 'base/rich.yaml';

/** Files that are changed document by document, and files that stay as they are. */
export interface Seed {
  readonly documents: Readonly<Record<string, readonly Json[]>>;
  readonly others: SourceTree['files'];
}

const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec: {environments: {all: {folders: [base], cluster: all, vars: {site: north}}}}
`;

const typedJob = (name: string) => ({
  apiVersion: 'drover.dev/v1alpha1',
  kind: 'NomadJob',
  metadata: { name, namespace: 'shop' },
  spec: { json: { ...richJob, ID: name, Name: name } },
});

/** The examples of all kinds as one fleet, with a job of everything. */
export function exampleSeed(): Seed {
  const names = [...kinds.keys()].filter((name) => name !== 'Project');
  const texts = names.map((name) => {
    const file = join(root, 'controller/kinds', kebabName(name), 'example.yaml');
    return [`base/${kebabName(name)}.yaml`, readFileSync(file, 'utf8')] as const;
  });
  const documents = Object.fromEntries(texts.map(([path, text]) => [path, documentsOf(text)]));
  return {
    documents: { ...documents, 'drover.yaml': documentsOf(project), [richPath]: [typedJob('rich')] },
    others: [],
  };
}

/** The fleet that users are shown. */
export function acmeSeed(): Seed {
  const { files } = readCase(join(root, 'manifests/examples/acme'));
  const isYaml = (path: string) => path.endsWith('.yaml');
  const decoder = new TextDecoder();
  return {
    documents: Object.fromEntries(
      files
        .filter(({ path }) => isYaml(path))
        .map(({ path, bytes }) => [path, documentsOf(decoder.decode(bytes))]),
    ),
    others: files.filter(({ path }) => !isYaml(path)),
  };
}

function documentsOf(text: string): readonly Json[] {
  return parseAllDocuments(text).map((document) => plain(document.contents as Node | null));
}

/** As JSON, but with keys as they are typed. */
function plain(node: Node | null): Json {
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [
        String((key as { value: unknown }).value),
        plain(value as Node | null),
      ]),
    );
  if (isSeq(node)) return node.items.map((item) => plain(item as Node | null));
  return isScalar(node) ? (node.value as Json) : null;
}

/** The documents as files again: JSON is YAML, one value a line. */
export function sourceFrom({ documents, others }: Seed): SourceTree {
  const texts = Object.entries(documents).map(([path, values]) => [path, textOf(values)] as const);
  return sourceOf({
    ...Object.fromEntries(others.map(({ path, bytes }) => [path, bytes])),
    ...Object.fromEntries(texts),
  });
}

export function textOf(values: readonly Json[]): string {
  // JSON may hold what YAML reads otherwise: these two are line ends to neither.
  return values.map((value) => `${JSON.stringify(value, null, 1)}\n`).join('---\n');
}
