import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Path from the root of the repository to text, of every page that people read. */
export async function readPages(): Promise<ReadonlyMap<string, string>> {
  const files = globSync(['*.md', 'docs/**/*.md', 'manifests/**/*.md'], { cwd: root }).toSorted();
  const texts = files.map(async (file) => [file, await readFile(path.join(root, file), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

export interface Fence {
  readonly language: string;
  readonly text: string;
}

const fencePattern = /^```([a-z]*)\n([\s\S]*?)^```$/gm;

export function fencesOf(page: string): readonly Fence[] {
  return [...page.matchAll(fencePattern)].map(([, language = '', text = '']) => ({ language, text }));
}

/** The page without what is code by fence or indentation. */
export function proseOf(page: string): string {
  return page.replaceAll(fencePattern, '').replaceAll(/^ {4} *\S.*$/gm, '');
}

/** Code in a line, without its back-ticks. */
export function codeSpansOf(page: string): readonly string[] {
  const prose = proseOf(page).replaceAll(/[ \t]*\n[ \t]*/g, ' ');
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** Commands as a shell gets them: fenced and indented lines, joined at a backslash, without comments. */
export function commandLinesOf(page: string): readonly string[] {
  const indented = [...page.matchAll(/^ {4}( *\S.*)$/gm)].map(([, line = '']) => line).join('\n');
  const fenced = fencesOf(page)
    .filter(({ language }) => language === '' || language === 'ini')
    .map(({ text }) => text)
    .join('\n');
  const joined = `${indented}\n${fenced}`.replaceAll(/\\\n\s*/g, ' ');
  return joined.split('\n').map((line) => line.replace(/\s#.*$/, '').trim());
}

/** Anchors of a page as forges make them from its headings. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...page.replaceAll(fencePattern, '').matchAll(/^#{1,6} (.+)$/gm)];
  return new Set(headings.map(([, heading = '']) => slugOf(heading)));
}

function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** Targets of links, as written. */
export function linksOf(page: string): readonly string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The cells of the first column of a page's tables, as code without back-ticks. */
export function firstColumnOf(page: string): readonly string[] {
  return [...page.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  );
}
