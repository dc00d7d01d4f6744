import { tokenHeader } from './gitea-api.ts';
import { requestJson } from './request-json.ts';

export interface RepositoryPeople {
  readonly owner: string;
  /** Who may write. */
  readonly writers: readonly string[];
  /** Drover's account. */
  readonly bot: string;
  /** Who may push to the definitions branch without a pull request (the first import). */
  readonly maintainer: string;
}

interface BranchRule {
  readonly rule_name: string;
  readonly push_whitelist_usernames: readonly string[];
  readonly force_push_allowlist_usernames?: readonly string[];
  readonly status_check_contexts?: readonly string[];
}

/**
 * Gitea takes the first rule that matches, so the narrower comes first. A live branch is born by Drover and then only merged
 * to; its staging branch is rewritten by Drover; `drover/**` holds decisions and facts that nobody else may write.
 */
export function branchRules(
  people: RepositoryPeople,
  requiredChecks: readonly string[],
): readonly BranchRule[] {
  const bot = [people.bot];
  return [
    { rule_name: 'drover/**', push_whitelist_usernames: bot },
    { rule_name: 'env/*-next', push_whitelist_usernames: bot, force_push_allowlist_usernames: bot },
    { rule_name: 'env/*', push_whitelist_usernames: bot, status_check_contexts: requiredChecks },
    { rule_name: 'hotfix/*', push_whitelist_usernames: [people.maintainer] },
    { rule_name: 'main', push_whitelist_usernames: [people.maintainer] },
  ];
}

function ruleBody(rule: BranchRule, priority: number): object {
  const forced = rule.force_push_allowlist_usernames ?? [];
  const checks = rule.status_check_contexts ?? [];
  return {
    ...rule,
    priority,
    enable_push: true,
    enable_push_whitelist: true,
    enable_force_push: forced.length > 0,
    enable_force_push_allowlist: forced.length > 0,
    enable_status_check: checks.length > 0,
  };
}

/** An empty repository with `main` as default branch, its writers and its protected branches. */
export async function createGiteaRepository(
  url: string,
  adminToken: string,
  repository: RepositoryPeople & { readonly name: string; readonly requiredChecks: readonly string[] },
): Promise<void> {
  const headers = tokenHeader(adminToken);
  const call = (method: 'POST' | 'PUT', route: string, body: object) =>
    requestJson(`${url}/api/v1/${route}`, { method, headers, body });
  const full = `repos/${repository.owner}/${repository.name}`;
  await call('POST', `orgs/${repository.owner}/repos`, {
    name: repository.name,
    auto_init: false,
    default_branch: 'main',
    private: false,
  });
  for (const writer of repository.writers) {
    // Gitea tells only administrators of a repository what others may do there; Drover asks that of whoever confirms.
    const permission = writer === repository.bot ? 'admin' : 'write';
    await call('PUT', `${full}/collaborators/${writer}`, { permission });
  }
  for (const [index, rule] of branchRules(repository, repository.requiredChecks).entries()) {
    await call('POST', `${full}/branch_protections`, ruleBody(rule, index + 1));
  }
}
