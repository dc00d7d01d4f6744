import type { Sample } from '../../ports/metrics.ts';

const maxSamples = 20_000;
const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t]*$/s;
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"\s*(?:,\s*|$)/gsy;
const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\"': '"', '\\\\': '\\' };

/**
 * Samples of Prometheus' text format, in order. Comments and lines that are none are passed over: one strange textfile
 * of somebody else hides no metric of ours. At most 20,000 samples.
 */
export function parseMetrics(text: string): readonly Sample[] {
  const samples: Sample[] = [];
  for (const row of text.split('\n')) {
    if (samples.length === maxSamples) break;
    const sample = parseSample(row);
    if (sample !== undefined) samples.push(sample);
  }
  return samples;
}

function parseSample(row: string): Sample | undefined {
  if (row.startsWith('#')) return undefined;
  const [, name, labelText = '', valueText = ''] = line.exec(row) ?? [];
  const labels = parseLabels(labelText);
  const value = parseValue(valueText);
  if (name === undefined || labels === undefined || value === undefined) return undefined;
  return { name, labels, value };
}

function parseLabels(text: string): Readonly<Record<string, string>> | undefined {
  const labels = new Map<string, string>();
  let end = 0;
  for (const match of text.matchAll(label)) {
    const [whole, name = '', value = ''] = match;
    labels.set(
      name,
      value.replace(/\\[n"\\]/g, (escape) => escapes[escape] ?? escape),
    );
    end = match.index + whole.length;
  }
  return end === text.length ? Object.fromEntries(labels) : undefined;
}

function parseValue(text: string): number | undefined {
  const special = { '+Inf': Infinity, Inf: Infinity, '-Inf': -Infinity, NaN }[text];
  if (special !== undefined) return special;
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? undefined : value;
}
