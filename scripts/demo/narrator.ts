import { performance } from 'node:perf_hooks';

export interface StepTime {
  readonly name: string;
  readonly seconds: number;
}

/** Tells the demo as it happens, one line an event, and keeps the times for the table at the end. */
export interface Narrator {
  /** A heading; the time until the next one counts as its duration. */
  act(name: string): void;
  line(text: string): void;
  url(what: string, url: string): void;
  times(): readonly StepTime[];
}

export function createNarrator(write: (text: string) => void): Narrator {
  const started = performance.now();
  const steps: { name: string; startedAt: number }[] = [];
  const stamp = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(6)}s`;
  return {
    act(name) {
      steps.push({ name, startedAt: performance.now() });
      write(`\n${stamp()}  ── ${name}\n`);
    },
    line: (text) => write(`${stamp()}  ${text}\n`),
    url: (what, url) => write(`${stamp()}  ${what}: ${url}\n`),
    times() {
      const ends = [...steps.slice(1).map((step) => step.startedAt), performance.now()];
      return steps.map(({ name, startedAt }, index) => ({
        name,
        seconds: ((ends[index] ?? startedAt) - startedAt) / 1000,
      }));
    },
  };
}

export function timeTable(times: readonly StepTime[]): string {
  const width = Math.max(...times.map(({ name }) => name.length), 5);
  const rows = times.map(
    ({ name, seconds }) => `  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(7)} s`,
  );
  const total = times.reduce((sum, { seconds }) => sum + seconds, 0);
  return [...rows, `  ${'total'.padEnd(width)}  ${total.toFixed(1).padStart(7)} s`, ''].join('\n');
}
