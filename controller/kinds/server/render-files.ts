import type { FileDefinition } from '../../kinds/machine-config/file-schema.ts';
import type { DirectorySpec, FileSpec, PresentFile } from '../../model/payload.ts';
import { escapeSegment } from '../../model/tree.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { type MachineConfig, mergeMaps, type Won } from './machine-configs.ts';
import type { MachineText, ServerText } from './machine-view.ts';
import type { ServerScribe } from './server-scribe.ts';

/** The files of a server document, and the contents beside it by their path relative to `servers/<name>/`. */
export interface RenderedFiles {
  readonly files: readonly FileSpec[];
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly texts: readonly MachineText[];
}

/** `files/etc/motd.txt` of `/etc/motd`. */
export function contentPath(path: string): string {
  return `files/${path.split('/').filter(Boolean).map(escapeSegment).join('/')}.txt`;
}

export function renderFiles(configs: readonly MachineConfig[], scribe: ServerScribe): RenderedFiles {
  const contents = new Map<string, Uint8Array>();
  const texts: MachineText[] = [];
  const files = mergeMaps(configs, (spec) => spec.files).flatMap((won): readonly FileSpec[] => {
    if (won.value === 'absent') return [{ path: won.name, absent: true }];
    const at = ['spec', 'files', won.name];
    if (won.value.link !== undefined) {
      return [{ path: won.name, link: scribe.expandDeep(won.value.link, won.config, [...at, 'link']) }];
    }
    const { text, field } = textOf(won.value, won, scribe);
    if (text === undefined) return [];
    const content = contentPath(won.name);
    contents.set(content, text.bytes);
    texts.push({ ...text, path: won.name, use: 'file', config: won.config, at: [...at, field] });
    return [presentFile(won.value, won, { content, secrets: text.secrets }, scribe)];
  });
  return { files, contents, texts };
}

function presentFile(
  file: FileDefinition,
  { name, config }: Won<unknown>,
  rendered: Pick<PresentFile, 'content' | 'secrets'>,
  scribe: ServerScribe,
): PresentFile {
  const { mode = '0644', owner = 'root', group = 'root', validate = [] } = file;
  const at = ['spec', 'files', name];
  const written = scribe.expandDeep({ mode, owner, group, validate }, config, at);
  reportMode(file.mode, written.mode, { at, config, scribe });
  return {
    path: name,
    ...rendered,
    ...written,
    // A file with a secret is never shown, whatever the definition says.
    sensitive: file.sensitive === true || rendered.secrets.length > 0,
    ...(file.contact === true ? { contact: true } : {}),
  };
}

/** What an expression became; a mode written out was checked with its configuration. */
function reportMode(
  written: string | undefined,
  mode: string,
  place: { at: readonly string[]; config: MachineConfig; scribe: ServerScribe },
): void {
  const { at, config, scribe } = place;
  if (mode === written || /^[0-7]{4}$/.test(mode)) return;
  scribe.report(
    finding(config, [...at, 'mode'], { entry: kindCodes.mode, message: `"${mode}" is no file mode` }),
  );
}

/** The text of a file, and the field that says it. */
function textOf(
  file: FileDefinition,
  { name, config }: Won<unknown>,
  scribe: ServerScribe,
): { readonly text: ServerText | undefined; readonly field: string } {
  const at = ['spec', 'files', name];
  if (file.file !== undefined) return { text: scribe.file(file.file, config), field: 'file' };
  if (file.content === undefined) {
    const { template } = file;
    const text =
      typeof template === 'string' ? scribe.template(template, config, [...at, 'template']) : undefined;
    return { text, field: 'template' };
  }
  const text =
    file.template === true
      ? scribe.expand(file.content, config, [...at, 'content'])
      : { bytes: new TextEncoder().encode(file.content), secrets: [], isBroken: false };
  return { text, field: 'content' };
}

export function renderDirectories(
  configs: readonly MachineConfig[],
  scribe: ServerScribe,
): readonly DirectorySpec[] {
  return mergeMaps(configs, (spec) => spec.directories).map(({ name, value, config }) => {
    if (value === 'absent') return { path: name, absent: true };
    const at = ['spec', 'directories', name];
    const { mode = '0755', owner = 'root', group = 'root' } = scribe.expandDeep(value, config, at);
    reportMode(value.mode, mode, { at, config, scribe });
    return { path: name, mode, owner, group };
  });
}
