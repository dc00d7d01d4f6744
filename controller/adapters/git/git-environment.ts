/**
 * The whole environment of a git child process: nothing is inherited but the search path, so no setting, hook, pager or
 * credential of the machine takes part. Proxy and certificate variables come from the caller.
 */
export function gitEnvironment(
  directory: string,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LC_ALL: 'C',
    HOME: directory,
    // Named, so that neither discovery nor `safe.directory` has a say.
    GIT_DIR: directory,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    ...extra,
  };
}
