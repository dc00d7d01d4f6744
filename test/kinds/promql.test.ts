import test from 'ava';
import { promqlProblem } from '../../controller/kinds/promql.ts';

test('queries with all brackets and texts closed pass', (t) => {
  for (const query of [
    'up == 0',
    'sum(rate(http_5xx{path=~"/a[b)"}[5m])) / sum(rate(http_requests[5m])) < 0.02',
    `label_replace(up, "a", "$1", "b", '(.*\\')')`,
    'up # a comment with (',
    'count({`utf8.name`="}"})',
  ]) {
    t.is(promqlProblem(query), undefined, query);
  }
});

test('what is empty or left open is told', (t) => {
  t.is(promqlProblem('  # nothing'), 'the query is empty');
  t.is(promqlProblem('sum(up'), 'the bracket ( is never closed');
  t.is(promqlProblem('sum(up])'), 'the bracket ( is closed by ]');
  t.is(promqlProblem('up)'), 'the bracket ) closes nothing');
  t.is(promqlProblem('up{job="a}'), 'a text in the query never ends');
});
