import type { Fleet } from '../../kinds/kind.ts';
import { plainAddress } from '../../kinds/server/address.ts';
import type { MachineText, MachineView } from '../../kinds/server/machine-view.ts';
import type { ServerSpec } from '../../kinds/server/schema.ts';
import { sha256Hex } from '../../model/hash.ts';
import { canonicalJson } from '../../model/json.ts';
import type { ConfigToCheck, ServerConfigForm } from '../../model/program-config.ts';
import type { Resource } from '../../model/resource.ts';
import { textOf } from './text-of.ts';

/** Configuration files of a server, with the places that say them. */
export interface ProgramConfig {
  readonly config: ConfigToCheck & { readonly form: ServerConfigForm };
  /** The texts that the program reads, sorted by path. */
  readonly texts: readonly MachineText[];
}

interface FormFiles {
  readonly form: ServerConfigForm;
  /** Files that make it worth asking. */
  readonly reads: RegExp;
  /** Files that they may name, laid beside them. */
  readonly folder: string;
  /** What the program is given: its folder, or the files themselves. */
  readonly entries: (paths: readonly string[]) => readonly string[];
  /** Another form that covers the same files when it is there. */
  readonly coveredBy?: ServerConfigForm;
}

const forms: readonly FormFiles[] = [
  {
    form: 'consul',
    reads: /^\/etc\/consul\.d\/[^/]+\.(?:hcl|json)$/,
    folder: '/etc/consul.d/',
    entries: () => ['/etc/consul.d'],
  },
  {
    form: 'nomad',
    reads: /^\/etc\/nomad\.d\/[^/]+\.(?:hcl|json)$/,
    folder: '/etc/nomad.d/',
    entries: () => ['/etc/nomad.d'],
  },
  {
    form: 'prometheus',
    reads: /^\/etc\/prometheus\/prometheus\.ya?ml$/,
    folder: '/etc/prometheus/',
    entries: (paths) => paths,
  },
  {
    form: 'prometheus-rules',
    reads: /^\/etc\/prometheus\/(?:rules|rules\.d|alerts)\/[^/]+\.ya?ml$/,
    folder: '/etc/prometheus/',
    entries: (paths) => paths,
    coveredBy: 'prometheus',
  },
  { form: 'nginx', reads: /^\/etc\/nginx\/nginx\.conf$/, folder: '/etc/nginx/', entries: (paths) => paths },
];

/** 32 bytes in base64: good as a gossip key, a token and a password alike. */
const secretWord = `${'A'.repeat(43)}=`;

/** Longer ones are left to the server. */
const maxConfigBytes = 1024 * 1024;

/**
 * All that programs can be asked about, each once: of servers whose files differ only in their own names and addresses the first
 * speaks for all.
 */
export function programConfigs(fleet: Fleet): readonly ProgramConfig[] {
  const distinct = new Map<string, ProgramConfig>();
  for (const server of fleet.byKind<ServerSpec>('Server')) {
    const view = fleet.machine(server);
    for (const found of configsOf(view)) {
      const key = likeness(found.config, server);
      if (!distinct.has(key)) distinct.set(key, found);
    }
  }
  return [...distinct.values()];
}

function configsOf(view: MachineView): readonly ProgramConfig[] {
  const files = view.texts.filter(({ use }) => use === 'file');
  const found = forms.flatMap(({ form, reads, folder, entries, coveredBy }) => {
    const texts = files.filter(({ path }) => path.startsWith(folder));
    const read = texts.filter(({ path }) => reads.test(path));
    const sizeBytes = texts.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const isWhole = texts.every(({ isBroken }) => !isBroken) && sizeBytes <= maxConfigBytes;
    if (read.length === 0 || !isWhole) return [];
    const laid = texts.map(
      (text) => [text.path, new TextEncoder().encode(textOf(text, secretWord))] as const,
    );
    const config = { form, entries: entries(read.map(({ path }) => path)), files: new Map(laid) };
    return [{ config, texts: read, coveredBy }];
  });
  const present = new Set(found.map(({ config }) => config.form));
  return found.filter(({ coveredBy }) => coveredBy === undefined || !present.has(coveredBy));
}

/** Equal for files that differ only in what is one server's own. */
function likeness({ form, files }: ConfigToCheck, { metadata, spec }: Resource<ServerSpec>): string {
  const own = [metadata.name, ...Object.values(spec.interfaces).map(({ address }) => plainAddress(address))];
  const texts = [...files].map(([path, bytes]) => {
    const text = new TextDecoder().decode(bytes);
    return [path, own.reduce((rest, word) => rest.replaceAll(word, '\u0000'), text)];
  });
  return sha256Hex(canonicalJson({ form, texts }));
}
