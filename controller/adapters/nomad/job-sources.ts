import type { JobSource, JobSources } from '../../ports/job-sources.ts';
import { type NomadClient, record, segment, text } from './client.ts';

/** What authors sent with their jobs. Nomad keeps it for the versions that it keeps, when it came with them. */
export function createJobSources(client: NomadClient): JobSources {
  return {
    async read({ namespace, id }, version, signal) {
      const path = `/v1/job/${segment(id)}/submission`;
      const answer = await client.read(path, { namespace, version }, signal);
      const source = answer === undefined ? undefined : jobSource(record(answer.body));
      return source?.text === '' ? undefined : source;
    },
  };
}

function jobSource(body: Readonly<Record<string, unknown>>): JobSource {
  const format = text(body['Format']);
  const flags = Object.entries(record(body['VariableFlags'])).map(([name, value]) => [name, text(value)]);
  return {
    text: text(body['Source']),
    format: format === 'hcl2' || format === 'json' ? format : 'other',
    variables: text(body['Variables']),
    flags: Object.fromEntries(flags),
  };
}
