/** How one field of a job is written in HCL. */
export type Word =
  /** `name = value`. */
  | { readonly form: 'value'; readonly name: string }
  /** Nanoseconds, as `name = "30s"`. */
  | { readonly form: 'duration'; readonly name: string }
  /** `name { … }`, or several of them for a list; a label is the field of that name, or a map's key. */
  | { readonly form: 'block'; readonly name: string; readonly words: Words; readonly label?: string }
  /** `name { … }` with names and values of the user's, or a driver's. */
  | { readonly form: 'free'; readonly name: string }
  /** Says nothing that its surroundings don't. */
  | { readonly form: 'implied' };

/** The fields of one structure of Nomad's API, in the order in which they are written. */
export type Words = Readonly<Record<string, Word>>;

export const value = (name: string): Word => ({ form: 'value', name });
export const duration = (name: string): Word => ({ form: 'duration', name });
export const free = (name: string): Word => ({ form: 'free', name });
export const implied: Word = { form: 'implied' };

export function block(name: string, words: Words, label?: string): Word {
  return { form: 'block', name, words, ...(label === undefined ? {} : { label }) };
}

export const rule = {
  constraint: block('constraint', {
    LTarget: value('attribute'),
    Operand: value('operator'),
    RTarget: value('value'),
  }),
  affinity: block('affinity', {
    LTarget: value('attribute'),
    Operand: value('operator'),
    RTarget: value('value'),
    Weight: value('weight'),
  }),
  spread: block('spread', {
    Attribute: value('attribute'),
    Weight: value('weight'),
    SpreadTarget: block('target', { Percent: value('percent') }, 'Value'),
  }),
} as const;

export const restart = block('restart', {
  Attempts: value('attempts'),
  Interval: duration('interval'),
  Delay: duration('delay'),
  Mode: value('mode'),
  RenderTemplates: value('render_templates'),
});

export const identity = block('identity', {
  Name: value('name'),
  Audience: value('aud'),
  ChangeMode: value('change_mode'),
  ChangeSignal: value('change_signal'),
  Env: value('env'),
  File: value('file'),
  Filepath: value('filepath'),
  ServiceName: value('service_name'),
  TTL: duration('ttl'),
});

export const consul = block('consul', {
  Cluster: value('cluster'),
  Namespace: value('namespace'),
  Partition: value('partition'),
});
