import { canonicalJson, type Json, type JsonObject } from '../../../model/json.ts';
import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** A Nomad namespace. A write replaces it whole, so what a definition leaves out must be absent too. */
export const nomadNamespace = createObjectTarget({
  kind: 'nomad-namespace',
  rank: 0,
  objects: ({ ports }) => requirePort(ports.namespaces, 'Nomad'),
  differences,
  keeps: (key) => (key === 'default' ? 'Nomad needs it' : undefined),
});

function differences(spec: JsonObject, live: JsonObject): readonly string[] {
  const names = [...new Set([...Object.keys(spec), ...Object.keys(live)])].sort();
  return names.filter((name) => plain(spec[name]) !== plain(live[name]));
}

function plain(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  const text = canonicalJson(value);
  return text === '{}' || text === '[]' ? '' : text;
}
