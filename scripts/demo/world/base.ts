import path from 'node:path';
import { findFreePorts } from '../../lab/free-ports.ts';
import { createLab, type GiteaRepository, type Lab } from '../../lab/index.ts';
import { ensureTool } from '../../toolchain/index.ts';
import { findSubnet } from './subnet.ts';

export const projectRoot = path.resolve(import.meta.dirname, '../../..');
export const environment = 'demo';
export const serverNames = ['web-1', 'web-2', 'web-3'] as const;

/** The control plane and the places that everything else is made from. */
export interface WorldBase {
  readonly directory: string;
  readonly lab: Lab<'consul' | 'nomad' | 'vault' | 'gitea'>;
  readonly repository: GiteaRepository;
  /** `127.40.1`: servers are `.11` and up. */
  readonly subnet: string;
  readonly metricsPort: number;
  readonly httpPort: number;
  /** The launcher of the program, and the environment that it is run with. */
  readonly drover: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nomad: string;
}

export async function createBase(directory: string, log: (line: string) => void): Promise<WorldBase> {
  const lab = await createLab({
    directory: path.join(directory, 'lab'),
    components: ['consul', 'nomad', 'vault', 'gitea'],
    log,
    keyPrefixes: ['shop/'],
  });
  try {
    const subnet = await findSubnet(serverNames.length);
    const [metricsPort = 0] = await findFreePorts(`${subnet}.11`, 1);
    const [httpPort = 0] = await findFreePorts('127.0.0.1', 1);
    return {
      directory,
      lab,
      repository: await lab.gitea.createRepository('fleet'),
      subnet,
      metricsPort,
      httpPort,
      drover: path.join(projectRoot, 'scripts/drover'),
      env: { ...pickEnvironment(), ...lab.environment },
      nomad: (await ensureTool('nomad', { log })).binary,
    };
  } catch (error) {
    await lab.stopAll();
    throw error;
  }
}

/** The little that the programs need of the caller's environment. */
function pickEnvironment(): Readonly<Record<string, string | undefined>> {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}
