import { prettyJson } from '../../controller/model/json.ts';
import type { FileTree, HydratorMetadata } from '../../controller/model/tree.ts';

/** A small whole rendered tree; `jobs` by name to some content. */
export function renderedTree(jobs: Readonly<Record<string, string>>, metadata: HydratorMetadata): FileTree {
  const text = (content: string) => new TextEncoder().encode(content);
  const entries = Object.keys(jobs).map((name) => ({ path: `nomad/jobs/default/${name}.json` }));
  return new Map([
    ['hydrator.metadata', text(prettyJson(metadata))],
    ['inventory.json', text(prettyJson({ version: 1, entries }))],
    ['rules.json', text('{}\n')],
    ...Object.entries(jobs).map(
      ([name, content]) => [`nomad/jobs/default/${name}.json`, text(content)] as const,
    ),
  ]);
}

export function metadataOf(drySha: string, subject = 'change'): HydratorMetadata {
  return {
    drySha,
    repoURL: 'https://git.example/acme/fleet',
    author: 'Ada <ada@example.org>',
    date: '2026-03-01T12:00:00Z',
    subject,
    body: '',
    references: [],
    drover: { version: '0.4.0', parser: '1.11.3', environment: 'prod' },
  };
}
