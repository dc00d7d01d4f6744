import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureTool } from '../../scripts/toolchain/index.ts';

const run = promisify(execFile);

/** Paths of files. */
export interface Certificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** The texts of the files. */
export async function readCertificate({ ca, cert, key }: Certificate): Promise<Certificate> {
  const [caText = '', certText = '', keyText = ''] = await Promise.all(
    [ca, cert, key].map((path) => readFile(path, 'utf8')),
  );
  return { ca: caText, cert: certText, key: keyText };
}

/** Certificates as an operator makes them with the programs' own commands; Vault's, which has none, hold for `addresses`. */
export async function makeCertificates(
  folder: string,
  { datacenter = 'dc1', addresses = [] }: { datacenter?: string; addresses?: readonly string[] } = {},
) {
  const [consul, nomad] = await Promise.all(
    (['consul', 'nomad'] as const).map((name) => ensureTool(name, { log: () => undefined })),
  );
  const homes = {
    consul: join(folder, 'consul'),
    nomad: join(folder, 'nomad'),
    vault: join(folder, 'vault'),
  };
  const make = async (program: keyof typeof homes, ...argv: string[]) => {
    const binary = program === 'consul' ? consul?.binary : nomad?.binary;
    if (binary !== undefined) await run(binary, ['tls', ...argv], { cwd: homes[program] });
  };
  for (const home of Object.values(homes)) await mkdir(home, { recursive: true });
  for (const program of ['consul', 'nomad', 'vault'] as const) await make(program, 'ca', 'create');
  await make('consul', 'cert', 'create', '-server', '-dc', datacenter);
  await make('nomad', 'cert', 'create', '-server');
  await make('nomad', 'cert', 'create', '-client');
  await make('vault', 'cert', 'create', '-server', ...addresses.map((one) => `-additional-ipaddress=${one}`));
  const files = (program: keyof typeof homes, name: string): Certificate => ({
    ca: join(homes[program], program === 'consul' ? 'consul-agent-ca.pem' : 'nomad-agent-ca.pem'),
    cert: join(homes[program], `${name}.pem`),
    key: join(homes[program], `${name}-key.pem`),
  });
  return {
    consulServer: files('consul', `${datacenter}-server-consul-0`),
    nomadServer: files('nomad', 'global-server-nomad'),
    nomadClient: files('nomad', 'global-client-nomad'),
    vaultServer: files('vault', 'global-server-nomad'),
  };
}
