import { stringify } from 'yaml';
import type { Resource } from '../../model/resource.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import type { AlertRuleSpec } from './schema.ts';

/** The alert’s name in Prometheus. */
export function alertName({ spec, metadata }: Resource<AlertRuleSpec>): string {
  return spec.alert ?? metadata.name;
}

/** A rule file of Prometheus with one group of one rule. */
export function ruleFile(resource: Resource<AlertRuleSpec>): string {
  const { spec, metadata } = resource;
  const { expr, interval, labels = {}, annotations = {} } = spec;
  const rule = {
    alert: alertName(resource),
    expr: expr.trim(),
    ...timeField('for', spec.for),
    ...timeField('keep_firing_for', spec.keepFiringFor),
    ...(Object.keys(labels).length === 0 ? {} : { labels: sorted(labels) }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations: sorted(annotations) }),
  };
  // Prometheus takes no two groups of one name in a file, and all rules may be read as one file.
  const name = spec.group === undefined ? metadata.name : `${spec.group}/${metadata.name}`;
  const group = { name, ...timeField('interval', interval), rules: [rule] };
  return ruleYaml({ groups: [group] });
}

/** YAML with one form for each content; Prometheus reads YAML 1.1, where `on` without quotes is no text. */
export function ruleYaml(document: object): string {
  return stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

/** Prometheus takes whole units only, from the greatest down: `1h30m`, never `1.5h`. */
export function prometheusTime(written: string): string {
  let leftMs = quantityOr(durationMs, written, 0);
  if (leftMs === 0) return '0s';
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const;
  return units
    .map(([unit, unitMs]) => {
      const amount = Math.floor(leftMs / unitMs);
      leftMs -= amount * unitMs;
      return amount === 0 ? '' : `${amount}${unit}`;
    })
    .join('');
}

function timeField(name: string, written: string | undefined): Readonly<Record<string, string>> {
  return written === undefined ? {} : { [name]: prometheusTime(written) };
}

export function sorted(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
