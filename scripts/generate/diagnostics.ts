import { diagnosticCodes } from '../../controller/diagnostic-codes.ts';
import type { CodeEntry } from '../../controller/model/diagnostic-code.ts';
import { describeFailure } from '../../controller/report/failure-reason.ts';
import { errorEntries } from './error-entries.ts';

export const diagnosticsFile = 'docs/diagnostics.md';

/** Groups of findings, by the beginning of their codes. The first that fits is the one. */
const groups: readonly { readonly prefix: string; readonly title: string }[] = [
  { prefix: 'DRV01', title: 'Bytes and YAML' },
  { prefix: 'DRV02', title: 'The project and its folders' },
  { prefix: 'DRV033', title: 'HCL that would not parse to the same job everywhere' },
  { prefix: 'DRV03', title: 'Fields and jobs' },
  { prefix: 'DRV04', title: 'Expressions' },
  { prefix: 'DRV05', title: 'The fleet as a whole' },
  { prefix: 'DRV06', title: 'Single definitions' },
  { prefix: 'DRV07', title: 'The rendered tree' },
];

const introduction = `# Diagnostics

Findings (\`DRV0…\`) are about your files. All of them are shown at once, each as \`path:line:column severity CODE message\` with the place
in the text and a hint: by \`drover validate\`, in the checks \`drover/validate\` and \`drover/analyse\`, and in the comment on a definitions
pull request. An error stops the proposals of the environments that it concerns; a warning stops nothing, unless \`drover validate
--strict\` asks for it. Errors about the world (\`DRV9…\`) come at the end of this page.

A code never changes its meaning and is never used again. This page is generated: \`npm run generate\`.
`;

const errorsIntroduction = `## Errors about the world

Told by the command line (\`error CODE: message\`) and as the reason of a condition in \`drover status\`. Those that say *tried again* are
repeated with growing pauses, half a second to a minute.
`;

/** `docs/diagnostics.md`: every code of findings and of errors, with why and what to do. */
export function diagnosticsPage(): string {
  const findings = groups.map(({ title }, index) => {
    const entries = diagnosticCodes.filter(({ code }) => groupOf(code) === index);
    return [`## ${title}\n`, ...entries.map(findingText)].join('\n');
  });
  return [introduction, ...findings, errorsIntroduction, ...errorTexts()].join('\n');
}

/** @throws Error for a code of no group: a new group needs its line above. */
function groupOf(code: string): number {
  const index = groups.findIndex(({ prefix }) => code.startsWith(prefix));
  if (index < 0) throw new Error(`${code} belongs to no group of docs/diagnostics.md`);
  return index;
}

function findingText({ code, severity, title, why, fix }: CodeEntry): string {
  return `### ${code}\n\n**${title}** · ${severity}\n\n${why}\n\n*What to do:* ${fix}.\n`;
}

function errorTexts(): readonly string[] {
  return Object.entries(errorEntries).map(([code, { example, title, why, fix }]) => {
    const { reason, retry } = describeFailure(example);
    const again = retry === 'backoff' ? 'tried again' : 'not tried again by itself';
    return `### ${code}\n\n**${title}** · condition reason \`${reason}\` · ${again}\n\n${why}\n\n*What to do:* ${fix}.\n`;
  });
}
