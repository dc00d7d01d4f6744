import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { sourceOf, unitOptions, waveOf } from '../annotations.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { sourceFile, sourceText } from '../source-file.ts';
import type { ConsulKeySpec } from './schema.ts';

/** Consul's limit is 512 KiB a value; through a transaction, in base64, about this much. */
const maxValueBytes = 360 * 1024;

export function renderConsulKey(
  resource: Resource<ConsulKeySpec>,
  fleet: Fleet,
): { units: readonly Unit[]; diagnostics: readonly Diagnostic[] } {
  const { key } = resource.spec;
  const value = valueOf(resource, fleet);
  if (value.bytes === undefined) return { units: [], diagnostics: value.diagnostics };
  if (value.bytes.length > maxValueBytes) {
    const message = `the value has ${value.bytes.length} bytes, ${maxValueBytes} are the most`;
    return { units: [], diagnostics: [finding(resource, ['spec'], { entry: kindCodes.tooLarge, message })] };
  }
  const path = `consul/kv/${key.split('/').map(escapeSegment).join('/')}.value`;
  const unit: Unit = {
    kind: 'consul-key',
    key,
    wave: waveOf(resource, 20),
    path,
    files: new Map([[path, value.bytes]]),
    options: unitOptions(resource),
    source: sourceOf(resource),
  };
  return { units: [unit], diagnostics: value.diagnostics };
}

interface Value {
  readonly bytes: Uint8Array | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function valueOf(resource: Resource<ConsulKeySpec>, fleet: Fleet): Value {
  const { value, file, template } = resource.spec;
  if (value !== undefined) return { bytes: new TextEncoder().encode(value), diagnostics: [] };
  if (file !== undefined) return { bytes: sourceFile(resource, fleet, file), diagnostics: [] };
  const text = template === undefined ? undefined : sourceText(resource, fleet, template);
  if (text === undefined) return { bytes: undefined, diagnostics: [] };
  const at = ['spec', 'template'];
  const expanded = fleet.expand(text, { at: resource, field: at });
  if (expanded.secrets.length === 0) {
    return { bytes: new TextEncoder().encode(expanded.text), diagnostics: expanded.diagnostics };
  }
  const exposed = finding(resource, at, {
    entry: kindCodes.secretExposed,
    message: 'a Consul key is readable in clear: it can’t hold a secret',
    hint: 'let the program read the secret from Vault',
  });
  return { bytes: undefined, diagnostics: [...expanded.diagnostics, exposed] };
}
