import { access } from 'node:fs/promises';
import type { GiteaTool } from './start-gitea.ts';

/** The Gitea that `DROVER_GITEA` (binary) and `DROVER_GITEA_HOME` (templates) name. */
export async function findGitea(): Promise<GiteaTool> {
  const { DROVER_GITEA: binary, DROVER_GITEA_HOME: home } = process.env;
  if (binary === undefined || home === undefined) throw new Error('set DROVER_GITEA and DROVER_GITEA_HOME');
  await access(binary);
  return { binary, home };
}
