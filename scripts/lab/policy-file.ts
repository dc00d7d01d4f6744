import { readFile } from 'node:fs/promises';
import path from 'node:path';

const install = path.join(import.meta.dirname, '..', '..', 'manifests', 'install');

/** Fills in `{{name}}`. @throws Error when a name has no value or a value could end the string it stands in. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .split('\n')
    .map((line) => {
      if (line.trimStart().startsWith('#')) return line;
      return line.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`no value for {{${name}}}`);
        if (!/^[\w./-]*$/.test(value)) throw new Error(`not a plain name for {{${name}}}: ${value}`);
        return value;
      });
    })
    .join('\n');
}

/** A policy as real installations use it: `consul/agent.hcl` below `manifests/install`, with its names filled in. */
export async function readPolicy(
  file: string,
  values: Readonly<Record<string, string>> = {},
): Promise<string> {
  return fillIn(await readFile(path.join(install, file), 'utf8'), values);
}
