import * as fc from 'fast-check';
import { isJsonObject, type Json } from '../../controller/model/json.ts';
import type { Seed } from './seeds.ts';

export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\n',
  '\0',
  '\u001b[31m',
  '\u202e',
  '\ufeff',
  '\ud800',
  '😀',
  '-',
  '--',
  '.',
  '..',
  '/',
  '//',
  '../../etc/passwd',
  '/etc/passwd',
  '~/.ssh/id',
  'a\\b',
  '%2e%2e%2f',
  '．．／',
  'C:\\x',
  '$(id)',
  '`id`',
  ';id',
  '|',
  '&',
  '*',
  '**',
  '?',
  '[',
  '(',
  ')',
  '{',
  '}',
  '${{',
  '${{ }}',
  '${{ 1/0 }}',
  '${{ vars }}',
  '${{ server.name }}',
  '${{ servers({}) }}',
  '${{ secret("a","b") }}',
  '${{ index }}',
  '${{ [1,2,3].map(x, [1,2,3].map(y, x)) }}',
  '${',
  '${x}',
  '{{',
  '{{ with secret "a" }}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  'length',
  '0',
  '-0',
  '00',
  '1e999',
  '-1',
  '0x10',
  'NaN',
  'Infinity',
  'true',
  'null',
  'absent',
  '1s',
  '-1s',
  '1e9h',
  '99999999999999999999999s',
  '1Gi',
  '-1Gi',
  '99999999999999Ti',
  '10%',
  '-1%',
  '1000%',
  '0.0.0.0',
  '255.255.255.255',
  '10.0.0.1',
  '10.0.0.0/0',
  '10.0.0.0/33',
  '0.0.0.0/0',
  '::',
  '::/0',
  '::1',
  'fe80::1%eth0',
  '10.0.0.1-10.255.255.255',
  '::-ffff::',
  '* * * * *',
  '0 0 31 2 *',
  '*/0 * * * *',
  '60 25 32 13 8',
  '1-0 * * * *',
  '*/99999999 * * * *',
  '@every 1ns',
  '@yearly',
  'Europe/Nowhere',
  'Etc/GMT+99',
  '2026-13-45',
  '9999-99-99',
  '0000-00-00',
  'default',
  'shop',
  'web',
  'web-1',
  'all',
  'dc1',
  'global',
  'x'.repeat(64),
  'x'.repeat(70_000),
  '0'.repeat(5000),
  '('.repeat(3000),
  '{'.repeat(3000),
  '['.repeat(3000),
  '"'.repeat(3000),
  'a,'.repeat(2000),
  '%{'.repeat(900),
];

export const hostileNumbers: readonly number[] = [
  0,
  -0,
  -1,
  1,
  2,
  0.5,
  -0.5,
  1e21,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 - 1,
  -(2 ** 53),
  65535,
  65536,
  100000,
  5e-324,
];

const hostileValues: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...hostileNumbers) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Json>(null, true, false, {}, [], [null], [{}], [[]], { a: null }, { '': '' }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>(
      proto({}),
      { constructor: 1, toString: {} },
      Array(2000).fill('a'),
      Array.from({ length: 300 }, () => ({})),
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);

function proto(value: Json): Json {
  return JSON.parse(`{"__proto__": ${JSON.stringify(value)}}`) as Json;
}

export type Path = readonly (string | number)[];

/** One change of one place. `at` picks among all places, from 0 to 1. */
export interface Mutation {
  readonly what: 'delete' | 'replace' | 'rename' | 'wrap' | 'copy' | 'double' | 'add';
  readonly at: number;
  readonly from: number;
  readonly value: Json;
  readonly key: string;
}

export const mutations: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom(
    'delete',
    'replace',
    'replace',
    'replace',
    'rename',
    'rename',
    'wrap',
    'copy',
    'copy',
    'double',
    'add',
  ),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  from: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  value: hostileValues,
  key: fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ maxLength: 8 })),
});

/** The seed with its documents changed at some places. */
export function mutate(seed: Seed, changes: readonly Mutation[]): Seed {
  let tree: Json = seed.documents;
  for (const change of changes) tree = applied(tree, change);
  return { ...seed, documents: tree as unknown as Seed['documents'] };
}

/** Places below the documents of the files: file names and document lists stay what they are. */
function placesOf(tree: Json): readonly Path[] {
  const found: Path[] = [];
  const walk = (value: Json, at: Path) => {
    if (at.length >= 3) found.push(at);
    for (const [key, item] of entriesOf(value)) walk(item, [...at, key]);
  };
  walk(tree, []);
  return found;
}

function entriesOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (Array.isArray(value)) return value.map((item: Json, index) => [index, item] as const);
  return isJsonObject(value) ? Object.entries(value) : [];
}

function applied(tree: Json, { what, at, from, value, key }: Mutation): Json {
  const places = placesOf(tree);
  const place = places[Math.floor(at * places.length)];
  if (place === undefined) return tree;
  const other = places[Math.floor(from * places.length)] ?? place;
  const change: Readonly<Record<Mutation['what'], (old: Json) => Entries>> = {
    delete: () => [],
    replace: () => [[undefined, value]],
    rename: (old) => [[key, old]],
    wrap: (old) => [[undefined, [old]]],
    copy: () => [[undefined, valueAt(tree, other)]],
    double: (old) => [
      [undefined, old],
      [key, old],
    ],
    add: (old) => [
      [undefined, isJsonObject(old) ? Object.fromEntries([...Object.entries(old), [key, value]]) : value],
    ],
  };
  return changedAt(tree, place, change[what]);
}

/** What takes the place of one entry: with another key, or with its own. */
type Entries = readonly (readonly [string | undefined, Json])[];

function valueAt(tree: Json, path: Path): Json {
  return path.reduce<Json>(
    (value, step) => entriesOf(value).find(([key]) => key === step)?.[1] ?? null,
    tree,
  );
}

function changedAt(value: Json, path: Path, change: (old: Json) => Entries): Json {
  const [step, ...rest] = path;
  const entries = entriesOf(value).flatMap(([key, item]): Entries => {
    if (key !== step) return [[String(key), item]];
    if (rest.length > 0) return [[String(key), changedAt(item, rest, change)]];
    return change(item).map(([name, made]) => [name ?? String(key), made] as const);
  });
  if (Array.isArray(value)) return entries.map(([, item]) => item);
  return Object.fromEntries(entries.map(([key, item]) => [key ?? '', item]));
}
