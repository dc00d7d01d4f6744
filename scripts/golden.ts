import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderEnvironment } from '../controller/render/render-environment.ts';
import { fakeFleet } from '../test/fakes/fleet.ts';
import { goldenFolder } from '../test/golden/read-golden.ts';
import { smallFleet, smallProvenance } from '../test/golden/small-fleet.ts';

/** Rewrites the golden trees below test/golden from what is rendered now: look at the difference before it is committed. */
const folder = goldenFolder('small-fleet');
const { tree } = renderEnvironment(fakeFleet(smallFleet), smallProvenance);
await rm(folder, { recursive: true, force: true });
for (const [path, bytes] of tree) {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
console.log(`${folder}: ${tree.size} files`);
