import test from 'ava';
import { createGitObjects } from '../../../controller/adapters/git/objects.ts';
import { objectsContract } from '../../contracts/objects.ts';
import { createFakeObjects } from '../../fakes/objects.ts';
import { temporaryFolders } from './temporary.ts';

const folder = temporaryFolders(test);

objectsContract(test, 'fake', async () => createFakeObjects());
objectsContract(test, 'git', async () => createGitObjects({ directory: await folder() }));
