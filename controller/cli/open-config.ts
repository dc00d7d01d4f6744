import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { UsageError } from '../model/errors.ts';
import type { CliIo } from './io.ts';

export const defaultConfigFile = '/etc/drover/controller.yaml';

/** Reads the controller's config. @throws UsageError that lists every problem. */
export async function openConfig(file: string | undefined, io: CliIo): Promise<Config> {
  const absolute = path.resolve(io.cwd, file ?? io.env['DROVER_CONFIG'] ?? defaultConfigFile);
  let text: string;
  try {
    text = await readFile(absolute, 'utf8');
  } catch (cause) {
    throw new UsageError(`the config file ${absolute} can't be read`, {
      cause,
      hint: 'Name it with --config or DROVER_CONFIG; docs/controller-config.md has an example.',
    });
  }
  const outcome = readConfig(text, path.dirname(absolute));
  if (outcome.ok) return outcome.config;
  throw new UsageError(
    `${absolute} has ${outcome.problems.length} problems:\n${outcome.problems.map((p) => `  - ${p}`).join('\n')}`,
  );
}
