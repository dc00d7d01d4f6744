import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectOf, objectsOf, textOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups } from './job-parts.ts';

/** What is downloaded is known by its checksum; a commit says the same of a repository. */
export const artifactChecksum: Rule = (fleet) =>
  allGroups(fleet).flatMap(({ tasks }) =>
    tasks.flatMap(({ task, name, locate }) =>
      objectsOf(task['Artifacts']).flatMap((artifact, label) => {
        const source = textOf(artifact['GetterSource']);
        if (!isDownload(source) || isPinned(artifact, source)) return [];
        const message = `${name} downloads ${plainAddress(source)}, whatever it is that day`;
        const span = locate({ block: 'artifact', label, attribute: 'source' });
        return [findingOf(jobCodes.artifactChecksum, { span, message })];
      }),
    ),
  );

/** Of git and its like it is the commit that counts, and of what is made at run time nothing is known. */
function isDownload(source: string): boolean {
  const plain = /^https?:\/\//.test(source) && !source.includes('${');
  return plain && !/\.git(?:[/?]|$)/.test(source);
}

function isPinned(artifact: JsonObject, source: string): boolean {
  return textOf(objectOf(artifact['GetterOptions'])['checksum']) !== '' || /[?&]checksum=\S/.test(source);
}

/** Users and queries may hold credentials. */
function plainAddress(source: string): string {
  return source.replace(/^(https?:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '');
}
