import { ensureTool } from '../../scripts/toolchain/index.ts';
import type { GiteaTool } from './start-gitea.ts';

/** Gitea from PATH, the cache, or built. */
export async function findGitea(): Promise<GiteaTool> {
  const { binary, home } = await ensureTool('gitea', { log: () => {} });
  return { binary, home };
}
