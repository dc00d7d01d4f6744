import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { type Resource, resourceId } from '../../model/resource.ts';
import { clusterObjectCodes } from '../cluster-object-codes.ts';
import type { Fleet } from '../kind.ts';
import type { VaultPolicySpec } from './schema.ts';

type Policy = Resource<VaultPolicySpec>;

// Enterprise's `recover` and `subscribe` are words of Vault too.
const capabilities = 'create read update patch delete list sudo deny subscribe recover'.split(' ');
const token =
  /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?:\bcapabilities|"capabilities")\s*[=:]\s*\[([^\]]*)\]|"(?:[^"\\\n]|\\.)*"/g;
const accessor = /\bidentity\.entity\.aliases\.(auth_([a-z]+)_[0-9a-f]{6,})\b/g;

/** What can be told of a policy's own text without Vault: it is not parsed. */
export function checkPolicyText(resource: Policy, fleet: Fleet): readonly Diagnostic[] {
  const { hcl: text } = resource.spec;
  return text === undefined
    ? []
    : [...checkCapabilities(resource, text, fleet), ...checkAccessors(resource, text, fleet)];
}

function checkCapabilities(resource: Policy, text: string, fleet: Fleet): readonly Diagnostic[] {
  const lists = [...text.matchAll(token)].filter(([, list]) => list !== undefined);
  const words = lists.flatMap((match) => {
    const [whole, list = ''] = match;
    const start = match.index + whole.lastIndexOf('[') + 1;
    return [...list.matchAll(/"([^"\n]*)"/g)].map((word) => ({
      word: word[1] ?? '',
      start: start + word.index,
    }));
  });
  return words
    .filter(({ word }) => !capabilities.includes(word) && !word.includes('${{'))
    .map(({ word, start }) =>
      findingOf(clusterObjectCodes.vaultCapability, {
        span: placeOf(resource, fleet, { text, start, end: start + word.length + 2 }),
        message: `Vault has no capability "${word}"`,
        hint: didYouMean(word, capabilities) ?? `it has ${capabilities.slice(0, 8).join(', ')}`,
      }),
    );
}

/** An accessor is made up by the Vault that enables the method: no other has the same. */
function checkAccessors(resource: Policy, text: string, fleet: Fleet): readonly Diagnostic[] {
  return [...text.matchAll(accessor)].map((match) => {
    const [whole, name = '', type = ''] = match;
    const methods = fleet
      .byKind<{ readonly type: string }>('VaultAuth')
      .filter(({ spec }) => spec.type === type);
    const [method] = methods;
    const start = match.index + whole.length - name.length;
    return findingOf(clusterObjectCodes.vaultAccessor, {
      span: placeOf(resource, fleet, { text, start, end: start + name.length }),
      message: `${name} is the accessor of one auth method in one Vault`,
      hint:
        methods.length === 1 && method !== undefined
          ? `write \${{ accessor('${method.metadata.name}') }}`
          : undefined,
    });
  });
}

/** The very words where the text stands as it is in a document, else the field. */
function placeOf(
  resource: Policy,
  fleet: Fleet,
  { text, ...part }: { readonly text: string; readonly start: number; readonly end: number },
): Span {
  const at = ['spec', 'hcl'];
  for (const source of (fleet.sources?.(resourceId(resource)) ?? []).toReversed()) {
    const span = source.locateText(at, text, part);
    if (span !== undefined) return span;
  }
  return resource.locate(at);
}
