import test from 'ava';
import { array, assert, constantFrom, property } from 'fast-check';
import { judgePromql } from '../../../controller/kinds/promql/judge-promql.ts';
import { aggregations, signatures } from '../../../controller/kinds/promql/signatures.ts';
import { corpus, newerQueries } from './corpus.ts';

const said = (query: string) => judgePromql(query).problems[0]?.message;
const pointed = (query: string) => {
  const range = judgePromql(query).problems[0]?.range;
  return range === undefined ? undefined : query.slice(range.start, range.end);
};

test('what promtool accepts is accepted, and what it refuses is refused', (t) => {
  for (const [query, refusal] of corpus) {
    t.is(said(query) === undefined, refusal === undefined, `${query}: ${said(query)} / ${refusal}`);
  }
  t.true(corpus.length > 400);
});

test('what only newer versions take is let through', (t) => {
  for (const query of newerQueries) t.is(said(query), undefined, query);
});

test('the finding stands at the word that is wrong', (t) => {
  t.is(pointed('sum(rat(up[5m]))'), 'rat');
  t.is(pointed('rate(up{job="a"})'), 'up{job="a"}');
  t.is(pointed('sum(up[5m]) > 3'), 'up[5m]');
  t.is(pointed('up > 3 and 1'), '1');
  t.is(pointed('rate(up[5])'), '5');
  t.is(pointed('rate(up[1.5h])'), '1.5h');
  t.is(pointed('up{a=~"x("}'), '"x("');
  t.is(pointed('up{a="\\d"}'), '\\d');
  t.is(pointed('a - rate(b[5m]) offset 1d'), 'offset');
  t.is(pointed('time() > 5'), '>');
  t.is(pointed('up +'), '+');
});

test('each query is told what it is made of', (t) => {
  t.is(judgePromql('up == 0').type, 'vector');
  t.is(judgePromql('time() - 5').type, 'scalar');
  t.is(judgePromql('up[5m]').type, 'range');
  t.is(judgePromql('up[5m:1m] offset 5m').type, 'range');
  t.is(judgePromql('"x"').type, 'text');
  t.is(judgePromql('rate(up)').type, 'unknown');
});

test('nothing follows from a part that has a problem', (t) => {
  t.is(judgePromql('sum(rate(up)) + abs(up[5m] offset 5m offset 5m) > bool 3').problems.length, 2);
  t.is(judgePromql('-(a + "x") and b').problems.length, 1);
});

test('the grammar knows every function and aggregation of the table', (t) => {
  for (const [name, { args }] of signatures) {
    const values = { scalar: '1', vector: 'a', range: 'a[5m]', text: '"t"', unknown: 'a' };
    t.is(said(`${name}(${args.map((type) => values[type]).join(', ')})`), undefined, name);
  }
  for (const [name, parameter] of aggregations) {
    const before = parameter === undefined ? '' : parameter === 'text' ? '"t", ' : '1, ';
    t.is(said(`${name}(${before}a)`), undefined, name);
  }
});

test('the postfix binds tighter than any operator', (t) => {
  for (const query of [
    'a - b offset 1d',
    '-a offset 1d',
    'a ^ b @ 5 offset 1h',
    'a > b + max_over_time(c[1h])',
  ]) {
    t.is(said(query), undefined, query);
  }
  t.is(said('a - b[5m]'), '- goes with scalars and instant vectors, and b[5m] is a range vector');
});

test('any text is judged, deep ones too', (t) => {
  const piece = constantFrom(
    ...'sum ( ) [ ] { } 5m 1h up rate by (a) offset @ and > == "x" \' , : - + bool on # \n ~ = $ é'.split(
      ' ',
    ),
  );
  assert(
    property(array(piece, { maxLength: 60 }), (pieces) => {
      const query = pieces.join(' ');
      for (const { range } of judgePromql(query).problems) {
        if (range.start < 0 || range.end > query.length || range.start > range.end) return false;
      }
      return true;
    }),
  );
  t.notThrows(() => judgePromql(`${'('.repeat(8000)}up${')'.repeat(8000)}`));
  t.notThrows(() => judgePromql(`up${' + up'.repeat(3000)}`));
  t.notThrows(() => judgePromql(`${'-'.repeat(16_000)}1`));
  t.notThrows(() => judgePromql('[{('.repeat(5000)));
  const startMs = performance.now();
  for (const piece of [
    'a ',
    'rate(',
    '[5m]',
    '{a="',
    '"',
    '((',
    'a{b=~"(|)*"}',
    'by (',
    '1 + ',
    ' offset 5m',
    'é',
    '\\',
    '((|)',
  ]) {
    judgePromql(piece.repeat(16_000 / piece.length));
    judgePromql(`{a=~"${piece.repeat(300).replaceAll('"', '')}"}`);
  }
  t.true(performance.now() - startMs < 20_000);
});
