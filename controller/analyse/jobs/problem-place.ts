import type { JobPlace } from '../../kinds/kind.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

type Part = Pick<JobPlace, 'block' | 'label' | 'attribute'>;

/** Nomad's words for parts of a job, the more exact ones first. Its numbers count from 1, those in brackets from 0. */
const parts: readonly (readonly [RegExp, (number: number) => Part])[] = [
  [/^Template (\d+)\b/, (number) => ({ block: 'template', label: number - 1 })],
  [/^Constraint (\d+)\b/, (number) => ({ block: 'constraint', label: number - 1 })],
  [/^Affinity (\d+)\b/, (number) => ({ block: 'affinity', label: number - 1 })],
  [/^Spread (\d+)\b/, (number) => ({ block: 'spread', label: number - 1 })],
  [/^Artifact (\d+)\b/, (number) => ({ block: 'artifact', label: number - 1 })],
  [/Service\[(\d+)\]/, (number) => ({ block: 'service', label: number })],
  [/^Volume Mount \((\d+)\)/, (number) => ({ block: 'volume_mount', label: number })],
  [/^Identity\b/, () => ({ block: 'identity' })],
  [/^Vault\b/, () => ({ block: 'vault' })],
  [/^Task group network\b/, () => ({ block: 'network' })],
  [/\bMemoryMaxMB\b/, () => ({ block: 'resources', attribute: 'memory_max' })],
  [/\bMemoryMB\b/, () => ({ block: 'resources', attribute: 'memory' })],
  [/\bCPU\b/, () => ({ block: 'resources', attribute: 'cpu' })],
  [/\bDiskMB\b/, () => ({ block: 'ephemeral_disk', attribute: 'size' })],
  [/^log storage\b/i, () => ({ block: 'logs' })],
  [/^Auto Promote\b/, () => ({ block: 'update', attribute: 'auto_promote' })],
  [/^Max parallel\b/, () => ({ block: 'update', attribute: 'max_parallel' })],
  [
    /\bupdate (?:block|stanza)\b|max parallel|auto ?promote|canary|progress deadline|healthy/i,
    () => ({ block: 'update' }),
  ],
  [/\bcron spec\b|periodic/i, () => ({ block: 'periodic' })],
  [/parameterized/i, () => ({ block: 'parameterized' })],
  [/\breschedul/i, () => ({ block: 'reschedule' })],
  [/\brestart/i, () => ({ block: 'restart' })],
  [/\bKillTimeout\b/, () => ({ attribute: 'kill_timeout' })],
  [/\btask driver\b/i, () => ({ attribute: 'driver' })],
  [/\bpriority\b/i, () => ({ attribute: 'priority' })],
  [/\bdatacenters?\b/i, () => ({ attribute: 'datacenters' })],
  [/\bJob type\b|\bscheduler\b/i, () => ({ attribute: 'type' })],
  [/\bcount\b/i, () => ({ attribute: 'count' })],
];

/** The part of the job that a sentence of Nomad's is about: `Task group web: Task app: minimum MemoryMB value is 10; got 5`. */
export function problemPlace(job: JsonObject, message: string): JobPlace {
  const group = named(job['TaskGroups'], message, 'Task group');
  const inGroup = group === undefined ? message : group.rest;
  const task = group === undefined ? undefined : named(group.part['Tasks'], inGroup, 'Task');
  const rest = task === undefined ? inGroup : task.rest;
  return {
    ...(group === undefined ? {} : { group: group.name }),
    ...(task === undefined ? {} : { task: task.name }),
    ...partOf(rest),
  };
}

interface Named {
  readonly name: string;
  readonly part: JsonObject;
  /** What is said of it. */
  readonly rest: string;
}

function named(list: Json | undefined, message: string, word: string): Named | undefined {
  const items = Array.isArray(list) ? list.filter((item) => isJsonObject(item)) : [];
  for (const part of items) {
    const name = part['Name'];
    if (typeof name !== 'string' || !message.startsWith(`${word} ${name}: `)) continue;
    return { name, part, rest: message.slice(word.length + name.length + 3) };
  }
  return undefined;
}

function partOf(rest: string): Part {
  for (const [pattern, place] of parts) {
    const match = pattern.exec(rest);
    if (match !== null) return place(Number(match[1] ?? 0));
  }
  return {};
}
