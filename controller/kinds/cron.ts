/** A cron expression of five fields, as sets of what matches. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Both days are restricted: then either suffices, as cron has always had it. */
  readonly isEitherDay: boolean;
}

export type CronOutcome =
  | { readonly ok: true; readonly cron: Cron }
  | { readonly ok: false; readonly message: string; readonly hint: string };

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const fields: readonly [Field, Field, Field, Field, Field] = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day of the month', from: 1, to: 31, words: [] },
  {
    name: 'month',
    from: 1,
    to: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of the week', from: 0, to: 7, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const shorthands: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const longest = 200;

/** Reads `15 2 * * MON-FRI`: minute, hour, day of the month, month, day of the week; also `@daily` and its like. */
export function parseCron(text: string): CronOutcome {
  const written = text.trim();
  if (written.length > longest) return refused('the cron expression is too long');
  const plain = Object.hasOwn(shorthands, written) ? (shorthands[written] ?? '') : written;
  const parts = plain.split(/\s+/);
  if (parts.length !== fields.length) {
    return refused(`"${written}" has ${parts.length} fields: a cron expression has five`);
  }
  const read = fields.map((field, index) => readField(parts[index] ?? '', field));
  const problem = read.find((found) => typeof found === 'string');
  return problem === undefined
    ? { ok: true, cron: cronOf(read as readonly ReadonlySet<number>[], parts) }
    : refused(problem);
}

const none: ReadonlySet<number> = new Set();

function cronOf(sets: readonly ReadonlySet<number>[], parts: readonly string[]): Cron {
  const [minutes = none, hours = none, days = none, months = none, weekdays = none] = sets;
  const isRestricted = (index: number) => parts[index]?.startsWith('*') === false;
  return {
    minutes,
    hours,
    days,
    months,
    // 7 is Sunday too.
    weekdays: new Set([...weekdays].map((day) => day % 7)),
    isEitherDay: isRestricted(2) && isRestricted(4),
  };
}

function refused(message: string): CronOutcome {
  return {
    ok: false,
    message,
    hint: 'write minute, hour, day of the month, month and day of the week, as "0 9 * * 1-5"',
  };
}

/** The numbers that one field matches, or one sentence of what is wrong with it. */
function readField(text: string, field: Field): ReadonlySet<number> | string {
  const matching = new Set<number>();
  for (const part of text.split(',')) {
    const range = readPart(part, field);
    if (typeof range === 'string') return range;
    for (let value = range.from; value <= range.to; value += range.step) matching.add(value);
  }
  return matching;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function readPart(part: string, field: Field): Range | string {
  const match = /^(?:\*|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d{1,3}))?$/i.exec(part);
  if (match === null) return `"${part}" is no ${field.name}`;
  const [, first, last, step] = match;
  const from = first === undefined ? field.from : numberOf(first, field);
  const to = last === undefined ? endOf({ first, from, step }, field) : numberOf(last, field);
  if (from === undefined || to === undefined) {
    return `"${part}" is no ${field.name}: it goes from ${field.from} to ${field.to}`;
  }
  return rangeOf(part, { from, to, step: Number(step ?? 1) }, field);
}

function rangeOf(part: string, range: Range, field: Field): Range | string {
  if (range.to < range.from) return `the ${field.name} "${part}" runs backwards`;
  return range.step === 0 ? `the ${field.name} "${part}" has a step of 0` : range;
}

/** `5` is itself; `5/10` and `*` run to the end. */
function endOf(
  { first, from, step }: { first: string | undefined; from: number | undefined; step: string | undefined },
  field: Field,
): number | undefined {
  return first === undefined || step !== undefined ? field.to : from;
}

function numberOf(text: string, field: Field): number | undefined {
  const word = field.words.indexOf(text.toLowerCase());
  if (word >= 0) return word + (field.words.length === 12 ? 1 : 0);
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= field.from && value <= field.to ? value : undefined;
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** 29 February is at most eight years away. */
const searchedDays = 8 * 366 + 1;

/**
 * The first minute after `afterMs` that matches, in the same wall clock; none when it never does. Times are milliseconds
 * of a calendar without a zone, as `Date.UTC` gives them. Bounded: eight years are searched, day by day.
 */
export function nextMatch(cron: Cron, afterMs: number): number | undefined {
  const startMs = Math.floor(afterMs / minuteMs) * minuteMs + minuteMs;
  const firstDay = Math.floor(startMs / dayMs);
  for (let day = firstDay; day < firstDay + searchedDays; day++) {
    if (!matchesDay(cron, day * dayMs)) continue;
    const minute = firstMinute(cron, day === firstDay ? (startMs - day * dayMs) / minuteMs : 0);
    if (minute !== undefined) return day * dayMs + minute * minuteMs;
  }
  return undefined;
}

function matchesDay(cron: Cron, dayStartMs: number): boolean {
  const date = new Date(dayStartMs);
  if (!cron.months.has(date.getUTCMonth() + 1)) return false;
  const isDay = cron.days.has(date.getUTCDate());
  const isWeekday = cron.weekdays.has(date.getUTCDay());
  return cron.isEitherDay ? isDay || isWeekday : isDay && isWeekday;
}

/** The first minute of a day, from `from` on, that matches. */
function firstMinute(cron: Cron, from: number): number | undefined {
  for (let hour = Math.floor(from / 60); hour < 24; hour++) {
    if (!cron.hours.has(hour)) continue;
    for (let minute = Math.max(0, from - hour * 60); minute < 60; minute++) {
      if (cron.minutes.has(minute)) return hour * 60 + minute;
    }
  }
  return undefined;
}

/** Whether Node knows the time zone: `Europe/Berlin`, `UTC`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9+_-]*(\/[A-Za-z0-9+_-]+)*$/.test(name)) return false;
  // The list has no aliases; asking for one of them loads all words of dates, which takes long.
  if (name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
