import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import { apiVersion } from '../model/resource.ts';
import type { CliIo } from './io.ts';
import type { Verb } from './verb.ts';

/** `drover keys`: key pairs of the controller and of servers. Secret halves go to files of mode 0600 only. */
export const keysVerb: Verb = {
  usage: 'keys <role> [name]',
  summary: 'Make the signing keys of a controller or the sealing keys of a server',
  examples: [
    'drover keys controller --out /etc/drover',
    'drover keys server web-1 --out /etc/drover > environments/prod/keys/web-1.yaml',
  ],
  options(command) {
    command.requiredOption('--out <folder>', 'where the secret key file is written; never overwritten');
  },
  async run([role, name], options, io) {
    const { createServerKeys, createSigningKeys } = await import('../apply/l1/create-keys.ts');
    const out = path.resolve(io.cwd, options['out'] as string);
    if (role === 'controller' && name === undefined) {
      const { publicKey, secretKey } = createSigningKeys();
      await writeSecret(path.join(out, 'controller.key'), secretKey, io);
      io.out(`${publicKey}\n`);
      return 0;
    }
    if (role === 'server' && name !== undefined) {
      if (!namePattern.test(name)) {
        throw new UsageError(`a server can't be called ${JSON.stringify(name)}`, {
          hint: 'A name has lower-case letters, digits and hyphens; it is also the name of the key file.',
        });
      }
      const { publicKey, secretKey } = await createServerKeys();
      await writeSecret(path.join(out, `${name}.key`), secretKey, io);
      io.out(serverKey(name, publicKey));
      return 0;
    }
    throw new UsageError('give `controller`, or `server NAME`');
  },
};

/** What `metadata.name` of a Server may be, so that no name leads out of the folder. */
const namePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

async function writeSecret(file: string, secret: string, io: CliIo): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
    await handle.close();
  } catch (cause) {
    throw new UsageError(`${file} can't be made`, { cause, hint: 'A key that exists is never overwritten.' });
  }
  io.err(`secret key written to ${file}\n`);
}

function serverKey(name: string, publicKey: string): string {
  return `apiVersion: ${apiVersion}\nkind: ServerKey\nmetadata: {name: ${name}}\nspec: {seal: "${publicKey}"}\n`;
}
