import { isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml';
import { queryCodes } from '../../kinds/alert-rule/alert-codes.ts';
import { judgePromql } from '../../kinds/promql/judge-promql.ts';
import type { MachineText } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { type TextRange, textRange } from '../../model/text-range.ts';
import { type Machine, textRule } from './machine-rule.ts';
import { placeInText } from './place-in-text.ts';
import { textOf } from './text-of.ts';
import { isDeep, maxYamlLength } from './yaml-syntax.ts';

const ruleFile = /^\/etc\/prometheus\/.+\.ya?ml$/;

/** Queries in rule files of Prometheus are judged as those of alerts are. */
export const ruleQueries = textRule(({ path, isBroken }) => ruleFile.test(path) && !isBroken, check);

function check(text: MachineText, { fleet }: Machine): readonly Diagnostic[] {
  const written = textOf(text);
  if (written.length > maxYamlLength || isDeep(written)) return [];
  return queriesOf(written).flatMap((query) => {
    const [problem] = judgePromql(query.value).problems;
    if (problem === undefined) return [];
    const { start } = placeOf(written, query, problem.range);
    const before = written.slice(0, start).split('\n');
    const span = placeInText(fleet, text, before.length, (before.at(-1)?.length ?? 0) + 1);
    const { message, hint } = problem;
    return [findingOf(queryCodes[problem.about], { span, message, hint })];
  });
}

/** `expr` of each rule of each group; nothing of a file that is no YAML, which is told apart. */
function queriesOf(written: string): readonly Scalar<string>[] {
  const document = parseDocument(written, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) return [];
  return itemsOf(document.contents, 'groups')
    .flatMap((group) => itemsOf(group, 'rules'))
    .flatMap((rule) => {
      const query = isMap(rule) ? rule.get('expr', true) : undefined;
      return isScalar<string>(query) && typeof query.value === 'string' ? [query] : [];
    });
}

function itemsOf(node: unknown, field: string): readonly unknown[] {
  const list = isMap(node) ? node.get(field, true) : undefined;
  return isSeq(list) ? list.items : [];
}

function placeOf(written: string, { range, value }: Scalar<string>, part: TextRange): TextRange {
  const [start, end] = range ?? [0, 0];
  return textRange(written, { start, end }, { value, part }) ?? { start, end };
}
