import { join } from 'node:path';
import test from 'ava';
import { createGitObjects } from '../../../controller/adapters/git/objects.ts';
import { createGitRemote } from '../../../controller/adapters/git/remote.ts';
import { remoteContract } from '../../contracts/remote.ts';
import { createFakeObjects } from '../../fakes/objects.ts';
import { createFakeRemote } from '../../fakes/remote.ts';
import { temporaryFolders } from './temporary.ts';

const folder = temporaryFolders(test);
const signal = AbortSignal.timeout(60_000);

remoteContract(test, 'fake', async () => {
  const it = { objects: createFakeObjects(), remote: createFakeRemote() };
  return { ...it, again: async () => it };
});

remoteContract(test, 'git', async () => {
  const server = join(await folder(), 'server.git');
  const commit = { files: new Map(), parents: [], message: 'x', date: '2026-03-01T12:00:00Z' };
  await createGitObjects({ directory: server }).writeCommit(commit, signal);
  const again = async () => {
    const directory = await folder();
    const remote = createGitRemote({ directory, url: `file://${server}`, transports: ['file'] });
    return { objects: createGitObjects({ directory }), remote };
  };
  return { ...(await again()), again };
});
