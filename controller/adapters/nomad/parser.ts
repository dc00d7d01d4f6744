import { RejectedError, UnavailableError } from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import type { JobParser } from '../../ports/job-parser.ts';
import type { NomadClient } from './client.ts';
import { record, text } from './client.ts';
import { parseFailure } from './parse-failure.ts';
import { canonicalJob } from './parsed-job.ts';
import { variablesText } from './variables-text.ts';

/**
 * Nomad's parser as the server runs it. It reads no files: a job that needs some fails with Nomad's words, and is for
 * the offline parser.
 */
export function createParser(client: NomadClient): JobParser {
  return {
    async version(signal) {
      const answer = await client.read('/v1/agent/self', {}, signal);
      const build = text(record(record(record(answer?.body)['member'])['Tags'])['build']);
      if (build === '') throw new UnavailableError('Nomad does not tell its version');
      return build;
    },
    async parse(request, signal) {
      const body = {
        JobHCL: request.hcl,
        Variables: variablesText(request.variables),
        Canonicalize: false,
      };
      try {
        const answer = await client.send({ method: 'POST', path: '/v1/jobs/parse', query: {}, body }, signal);
        if (isJsonObject(answer.body)) return { ok: true, job: canonicalJob(answer.body) };
        throw new UnavailableError('Nomad parsed a job to nothing');
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error;
        return parseFailure(
          error.message.replace(/^Nomad: /, '').replaceAll('; input.hcl:', '\ninput.hcl:'),
          'input.hcl',
        );
      }
    },
  };
}
