import { diagnosticCodes } from '../../controller/diagnostic-codes.ts';
import type { CodeEntry } from '../../controller/model/diagnostic-code.ts';
import { describeFailure } from '../../controller/report/failure-reason.ts';
import { errorEntries } from './error-entries.ts';

export const diagnosticsFile = 'docs/diagnostics.md';

/** Groups of findings: each begins with a code and ends before the next one's. */
const groups: readonly { readonly from: string; readonly title: string }[] = [
  { from: 'DRV0100', title: 'Bytes and YAML' },
  { from: 'DRV0200', title: 'The project and its folders' },
  { from: 'DRV0300', title: 'Fields and jobs' },
  { from: 'DRV0330', title: 'HCL that would not parse to the same job everywhere' },
  { from: 'DRV0340', title: 'Fields and jobs' },
  { from: 'DRV0400', title: 'Expressions' },
  { from: 'DRV0500', title: 'The fleet as a whole' },
  { from: 'DRV0510', title: 'Names and networks' },
  { from: 'DRV0530', title: 'Quorums and clusters' },
  { from: 'DRV0550', title: 'Placement' },
  { from: 'DRV0570', title: 'Ports' },
  { from: 'DRV0580', title: 'Volumes' },
  { from: 'DRV0600', title: 'Single definitions' },
  { from: 'DRV0700', title: 'The rendered tree' },
  { from: 'DRV0800', title: 'Services and routes' },
  { from: 'DRV0820', title: 'Secrets' },
  { from: 'DRV0840', title: 'What servers are made of' },
  { from: 'DRV0870', title: 'Jobs' },
  { from: 'DRV0900', title: 'Environments' },
  { from: 'DRV0920', title: 'Tenants, policies and alerts' },
  { from: 'DRV0940', title: 'Waivers' },
  { from: 'DRV0950', title: 'Jobs' },
];

const introduction = `# Diagnostics

Findings (\`DRV0…\`) are about your files. All of them are shown at once, each as \`path:line:column severity CODE message\` with the place
in the text, why, and a hint: by \`drover validate\`, in the checks \`drover/validate\` and \`drover/analyse\`, and in the comment on a definitions
pull request. An error stops the proposals of the environments that it concerns; a warning stops nothing, unless \`drover validate
--strict\` asks for it. Errors about the world (\`DRV9…\`) come at the end of this page.

What a definition must keep for a while is accepted by an annotation with code, day and reason; see [Waivers](editing.md#waivers).

A code never changes its meaning and is never used again. This page is generated: \`npm run generate\`.
`;

const errorsIntroduction = `## Errors about the world

Told by the command line (\`error CODE: message\`) and as the reason of a condition in \`drover status\`. Those that say *tried again* are
repeated with growing pauses, half a second to a minute.
`;

/** `docs/diagnostics.md`: every code of findings and of errors, with why and what to do. */
export function diagnosticsPage(): string {
  const titles = [...new Set(groups.map(({ title }) => title))];
  const findings = titles.flatMap((title) => {
    const entries = diagnosticCodes.filter(({ code }) => groupOf(code) === title);
    return entries.length === 0 ? [] : [[`## ${title}\n`, ...entries.map(findingText)].join('\n')];
  });
  return [introduction, ...findings, errorsIntroduction, ...errorTexts()].join('\n');
}

function groupOf(code: string): string | undefined {
  return groups.findLast(({ from }) => from <= code)?.title;
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
