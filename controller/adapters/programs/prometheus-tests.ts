import type { ConfigProblem } from '../../model/program-config.ts';
import { type Form, sentence } from './form.ts';

/** `FILE: 5:15: group "x", rule 1, "Down": could not parse expression: …`, or a series that can't be read. */
const inText = /^(?:\S+: )?\d+:\d+: (.+)$/;

/** What failed: each test with what it expected and got, each text that can't be read. */
function problems(output: string): readonly ConfigProblem[] {
  const said = output.split('FAILED:').slice(1).join('\n');
  const [texts = '', ...tests] = said.split(/^ *(?=name: )/m);
  const unread = texts.split('\n').flatMap((line) => inText.exec(line.trim())?.[1] ?? []);
  const messages = [...unread, ...tests].map(sentence);
  return [...new Set(messages)].map((message) => ({ message }));
}

/** Nothing in such files names a path but the list of rule files, which Drover itself writes. */
export const testsForm: Form = {
  program: 'promtool',
  versionArgs: ['--version'],
  confine: (files) => files,
  args: (entries) => ['test', 'rules', ...entries],
  problems,
};
