import { sha256Hex } from '../../model/hash.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Program, Source } from './program.ts';
import { contentOf } from './templates.ts';

/**
 * The identity of what runs once: the sha256 of what the definition says of the program. Never of the rendered job: a new
 * default in that, of Drover's or of Nomad's, would run every migration again (decision 10). What only says where it lands, or how
 * much of a server it gets, is no content.
 */
export function onceIdentity(program: Program, source: Source, patch?: unknown): string {
  const { image, command, args, entrypoint, user, workdir, env, secrets, volumes } = program.spec;
  const files = Object.entries(program.spec.files ?? {}).map(([path, file]) => {
    const { text } = contentOf(file, source, [...program.at, 'files', path]);
    return [path, { text, mode: file.mode }];
  });
  const said = { image, command, args, entrypoint, user, workdir, env, secrets, volumes };
  return sha256Hex(canonicalJson({ ...said, files: Object.fromEntries(files), patch }));
}
