import type { ConfigProblem, ConfigToCheck } from '../../model/program-config.ts';
import { type Form, sentence, textOf } from './form.ts';

/**
 * `nginx -t` loads modules, opens the logs that it is told of, and includes files: modules are refused, paths are led below
 * the root, and the way up is refused.
 */
function confine(files: ConfigToCheck['files'], root: string): ConfigToCheck['files'] | undefined {
  const texts = [...files.values()].map(textOf);
  const isRefused = texts.some((text) => /load_module|perl_|js_|lua_|\.\./.test(text));
  if (isRefused) return undefined;
  const laid = [...files].map(([path, bytes]): [string, Uint8Array] => [
    path,
    new TextEncoder().encode(textOf(bytes).replaceAll(/(^|[\s"'{};])\/(?=[^\s/])/gm, `$1${root}/`)),
  ]);
  // The package brings it, and nearly every configuration includes it.
  const types = new TextEncoder().encode('types {}\n');
  return new Map([['/etc/nginx/mime.types', types], ...laid]);
}

/** Only what is about the text itself: names, certificates and users of this machine are not those of the server. */
const aboutTheText =
  /unknown directive|directive is not allowed here|invalid number of arguments|is not terminated|unexpected|directive is duplicate|invalid value|invalid parameter|invalid port|has no opening|duplicate (?:location|listen options)|"?\w+"? directive (?:specifies|must)/;

export const nginxForm: Form = {
  program: 'nginx',
  versionArgs: ['-v'],
  args: ([entry = ''], root) => [
    '-t',
    '-p',
    `${root}/`,
    '-c',
    entry,
    '-e',
    'stderr',
    '-g',
    `pid ${root}/nginx.pid;`,
  ],
  confine,
  // Said before it tries the folders, certificates and ports of this machine.
  accepts: (output) => output.includes('syntax is ok'),
  problems: (output) =>
    output.split('\n').flatMap((line): readonly ConfigProblem[] => {
      const match = /\[emerg\] (?:\d+#\d+: )?(.*?)(?: in (\/\S+):(\d+))?$/.exec(line);
      const message = match?.[1] ?? '';
      if (!aboutTheText.test(message)) return [];
      const place = match?.[2] === undefined ? {} : { path: match[2], line: Number(match[3]) };
      return [{ ...place, message: sentence(message) }];
    }),
};
