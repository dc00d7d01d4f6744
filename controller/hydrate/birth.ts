import type { Rules } from '../model/environment.ts';
import { ConflictError } from '../model/errors.ts';
import { prettyJson } from '../model/json.ts';
import { type FileTree, type Inventory, treeFiles } from '../model/tree.ts';
import { environmentBranches, shortBranch } from './branches.ts';
import type { HydratePorts } from './publish-proposal.ts';

export interface BirthRequest {
  readonly environment: string;
  /** The rules that a person confirmed: they judge the first proposal. */
  readonly rules: Rules;
  /** ISO 8601; same request, same commit, whichever controller makes it (the definitions commit's date will do). */
  readonly date: string;
}

const emptyInventory: Inventory = { version: 1, entries: [] };

/**
 * The head of the live branch; where there is none it is born by a root commit with an empty inventory. After that only
 * merges move it. Whether a branch that is missing existed before is the caller's to know (the record): such a one is
 * rewritten history and must not be born again. May be repeated. Source: decision 31.
 */
export async function ensureLiveBranch(
  { objects, remote }: HydratePorts,
  request: BirthRequest,
  signal: AbortSignal,
): Promise<{ readonly commit: string; readonly born: boolean }> {
  const { live } = environmentBranches(request.environment);
  const there = (await remote.listRefs([live], signal)).get(live);
  if (there !== undefined) return { commit: there, born: false };
  const commit = await objects.writeCommit(
    {
      files: birthTree(request),
      parents: [],
      message: `env/${request.environment}: the live branch\n\nNothing is owned yet.\n`,
      date: request.date,
    },
    signal,
  );
  try {
    await remote.push([{ ref: live, to: commit, expected: null }], signal);
    return { commit, born: true };
  } catch (error) {
    const other = (await remote.listRefs([live], signal)).get(live);
    if (!(error instanceof ConflictError) || other === undefined) throw error;
    return { commit: other, born: false };
  }
}

function birthTree({ environment, rules }: BirthRequest): FileTree {
  const { live, staging } = environmentBranches(environment);
  const readme = [
    `# ${shortBranch(live)}`,
    '',
    `What environment \`${environment}\` runs, rendered from the definitions. Drover proposes changes from`,
    `\`${shortBranch(staging)}\` by pull request; what is merged here is applied. Don't edit by hand: a commit that Drover`,
    'did not propose is not applied.',
    '',
  ];
  const text = (content: string) => new TextEncoder().encode(content);
  return new Map([
    [treeFiles.attributes, text('* -text linguist-generated\n')],
    [treeFiles.readme, text(readme.join('\n'))],
    [treeFiles.inventory, text(prettyJson(emptyInventory))],
    [treeFiles.rules, text(prettyJson(rules))],
  ]);
}
