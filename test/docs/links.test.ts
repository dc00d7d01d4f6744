import { access } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { anchorsOf, codeSpansOf, linksOf, readPages, root } from './markdown.ts';

const pages = await readPages();

async function isThere(file: string): Promise<boolean> {
  return access(path.join(root, file)).then(
    () => true,
    () => false,
  );
}

/** What is wrong with the links of a page, in words. */
async function brokenLinks(page: string, text: string): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const link of linksOf(text)) {
    if (/^[a-z]+:/.test(link)) continue;
    const [target = '', anchor] = link.split('#');
    const file = target === '' ? page : path.posix.join(path.posix.dirname(page), target);
    if (!(await isThere(file))) broken.push(`${page}: ${link} leads nowhere`);
    else if (anchor !== undefined && !anchorsOf(pages.get(file) ?? text).has(anchor))
      broken.push(`${page}: ${link} has no such heading`);
  }
  return broken;
}

test('every link of every page resolves, to files and to headings', async (t) => {
  const broken = await Promise.all([...pages].map(([page, text]) => brokenLinks(page, text)));
  t.deepEqual(broken.flat(), []);
  t.true(pages.size > 30);
});

test('a planted broken link is found, in file and in heading', async (t) => {
  const planted = 'See [a](nowhere.md), [b](concepts.md#no-such-heading) and [c](concepts.md#words).\n';
  t.deepEqual(await brokenLinks('docs/planted.md', planted), [
    'docs/planted.md: nowhere.md leads nowhere',
    'docs/planted.md: concepts.md#no-such-heading has no such heading',
  ]);
});

test('every file of the repository that a page names is there', async (t) => {
  const named = /^(?:(?:test|controller|scripts|manifests|docs|crds)\/[\w./-]+)$/;
  const missing: string[] = [];
  for (const [page, text] of pages) {
    for (const span of codeSpansOf(text)) {
      if (named.test(span) && !(await isThere(span))) missing.push(`${page}: ${span}`);
    }
  }
  t.deepEqual(missing, []);
});

test('each page is reached from the README', (t) => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const link of linksOf(pages.get(page) ?? '')) {
      const file = path.posix.join(path.posix.dirname(page), link.split('#')[0] ?? '');
      if (pages.has(file)) reached.add(file);
    }
  }
  t.deepEqual(
    [...pages.keys()].filter((page) => !page.startsWith('manifests/') && !reached.has(page)),
    [],
  );
});
