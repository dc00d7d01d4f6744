import type { HydratorMetadata } from '../model/tree.ts';

const subjectLength = 72;

/** The message of a proposal's commit. A subject is somebody's text: one line of it, so that it can't forge a trailer. */
export function proposalMessage(environment: string, metadata: HydratorMetadata): string {
  const { drySha, subject, drover } = metadata;
  const line = subject.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  const cut = line.length > subjectLength ? `${line.slice(0, subjectLength - 1).trimEnd()}…` : line;
  const trailers = [
    `Definitions: ${drySha}`,
    `Renderer: drover ${drover.version}, parser ${drover.parser}`,
  ].join('\n');
  return `env/${environment}: ${cut || 'no subject'} (${drySha.slice(0, 12)})\n\n${trailers}\n`;
}
