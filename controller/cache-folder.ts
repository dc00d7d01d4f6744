import { isAbsolute, join } from 'node:path';

/**
 * Where a user's runs keep what they can make anew: `$XDG_CACHE_HOME/drover`, else `~/.cache/drover`. As the XDG base directory
 * specification says, a value that is empty or relative counts as none.
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base !== undefined && isAbsolute(base) ? base : join(home, '.cache'), 'drover');
}
