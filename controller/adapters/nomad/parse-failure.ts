import type { ParseOutcome } from '../../ports/job-parser.ts';

type Failure = Extract<ParseOutcome, { ok: false }>;

/**
 * Nomad's parse error as a finding: its first message with the place. It names the text `input.hcl` (API) or as the
 * file is called (program), as `name:line,column-…: Summary; Detail`.
 */
export function parseFailure(said: string, name: string): Failure {
  const lines = said
    .split('\n')
    .map((line) => line.replace(/^(Failed to parse job|Error getting job struct): /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('Error parsing job file from'));
  const messages = lines.map((line) => placed(line, name));
  const first = messages.find((message) => message.line > 0) ?? messages[0];
  if (first === undefined)
    return { ok: false, message: 'Nomad refuses the job without a reason', line: 1, column: 1 };
  return {
    ok: false,
    message: first.message,
    line: Math.max(first.line, 1),
    column: Math.max(first.column, 1),
  };
}

function placed(text: string, name: string): { message: string; line: number; column: number } {
  const prefix = `${name}:`;
  const match = text.startsWith(prefix)
    ? /^(\d+),(\d+)(?:-\d+(?:,\d+)?)?: (.*)$/.exec(text.slice(prefix.length))
    : null;
  if (match === null) return { message: sentence(text.replace(/^<nil>: /, '')), line: 0, column: 0 };
  return { message: sentence(match[3] ?? ''), line: Number(match[1]), column: Number(match[2]) };
}

function sentence(text: string): string {
  const alone = text.replace(/,? and \d+ other diagnostic\(s\)$/, '').replace(/ {2,}/g, ' ');
  return alone.replace('; ', ': ').slice(0, 1000);
}
