import { ApplyFailure } from '../run/apply-failure.ts';
import { splitWords } from './split-words.ts';

/** What the `process` manager understands of a unit file; systemd.service(5) and systemd.kill(5) are the source. */
export interface ServiceFile {
  readonly execStart: string;
  readonly execReload: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Paths of files with `KEY=value` lines; a leading `-` means that it may be missing. */
  readonly environmentFiles: readonly string[];
  readonly workingDirectory: string | undefined;
  readonly user: string | undefined;
  readonly group: string | undefined;
  readonly killSignal: NodeJS.Signals;
  readonly killsGroup: boolean;
  readonly stopTimeoutMs: number;
  readonly restart: 'always' | 'on-failure' | 'no';
  readonly restartDelayMs: number;
}

const defaultStopTimeoutMs = 90_000;
const defaultRestartDelayMs = 100;

/** @throws ApplyFailure when the agent can't run such a unit. */
export function readServiceFile(name: string, text: string): ServiceFile {
  const values = readSection(text, 'Service');
  const last = (key: string) => values.get(key)?.at(-1);
  const execStart = last('ExecStart');
  if (execStart === undefined) throw new ApplyFailure(`${name} has no ExecStart`);
  refuseType(name, last('Type'));
  return {
    execStart,
    execReload: last('ExecReload'),
    environment: readEnvironment(values.get('Environment') ?? []),
    environmentFiles: values.get('EnvironmentFile') ?? [],
    workingDirectory: last('WorkingDirectory')?.replace(/^-/, ''),
    user: last('User'),
    group: last('Group'),
    killSignal: readSignal(last('KillSignal') ?? 'SIGTERM'),
    // systemd's default is the group; here children such as Nomad's tasks must outlive their parent unless said.
    killsGroup: last('KillMode') === 'control-group',
    stopTimeoutMs: readTimeSpan(last('TimeoutStopSec'), defaultStopTimeoutMs),
    restart: readRestart(last('Restart')),
    restartDelayMs: readTimeSpan(last('RestartSec'), defaultRestartDelayMs),
  };
}

function refuseType(name: string, type = 'simple'): void {
  if (['simple', 'exec', 'notify', 'notify-reload'].includes(type)) return;
  throw new ApplyFailure(`${name} has Type=${type}, which the process manager can't run`);
}

function readRestart(value = 'no'): ServiceFile['restart'] {
  return value === 'no' || value === 'always' ? value : 'on-failure';
}

function readSection(text: string, section: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  let current = '';
  for (const line of text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((row) => row.trim())) {
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[(.+)\]$/.exec(line);
    const equals = line.indexOf('=');
    if (header?.[1] !== undefined) current = header[1];
    else if (current === section && equals > 0) addValue(values, line, equals);
  }
  return values;
}

function addValue(values: Map<string, string[]>, line: string, equals: number): void {
  const key = line.slice(0, equals).trim();
  const value = line.slice(equals + 1).trim();
  // An empty value takes back what was set before it.
  values.set(key, value === '' ? [] : [...(values.get(key) ?? []), value]);
}

function readEnvironment(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(lines.flatMap((line) => splitWords(line, {})).map(splitAssignment));
}

function splitAssignment(word: string): readonly [string, string] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
}

function readSignal(name: string): NodeJS.Signals {
  return (name.startsWith('SIG') ? name : `SIG${name}`) as NodeJS.Signals;
}

const unitMs: Readonly<Record<string, number>> = {
  '': 1000,
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

function readTimeSpan(text: string | undefined, fallbackMs: number): number {
  if (text === undefined) return fallbackMs;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)];
  const spans = parts.map(([, count, unit]) => Number(count) * (unitMs[unit ?? ''] ?? Number.NaN));
  const sum = spans.reduce((total, span) => total + span, 0);
  return parts.length > 0 && Number.isFinite(sum) ? sum : fallbackMs;
}

/** The `KEY=value` lines of an EnvironmentFile. */
export function readEnvironmentFile(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').map((line) => line.trim());
  const assignments = lines.filter((line) => /^[A-Za-z_][A-Za-z0-9_]*=/.test(line)).map(splitAssignment);
  return Object.fromEntries(assignments.map(([key, value]) => [key, value.replace(/^(["'])(.*)\1$/, '$2')]));
}
