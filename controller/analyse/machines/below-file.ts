import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { MachineView } from '../../kinds/server/machine-view.ts';
import type { Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';

interface Place {
  readonly path: string;
  readonly span: () => Span;
  /** What it is where nothing can lie below it; nothing else. */
  readonly is?: 'a file' | 'a link' | 'absent';
  readonly isThere: boolean;
}

/** What is written lies below directories only. */
export const belowFile = machineRule(({ view }) => {
  const places = placesOf(view);
  const closed = new Map(places.flatMap((place) => (place.is === undefined ? [] : [[place.path, place]])));
  if (closed.size === 0) return [];
  return places
    .filter(({ isThere }) => isThere)
    .flatMap(({ path, span }) => {
      const above = ancestorsOf(path).find((folder) => closed.has(folder));
      const place = above === undefined ? undefined : closed.get(above);
      if (place === undefined) return [];
      return [
        findingOf(machineCodes.belowFile, {
          span: span(),
          message: `${path} lies below ${place.path}, which is ${place.is}`,
          related: [{ message: `${place.path} is declared ${place.is} here`, span: place.span() }],
        }),
      ];
    });
});

function placesOf({ configs }: MachineView): readonly Place[] {
  const files = mergeMaps(configs, (spec) => spec.files).map(({ name, value, config }): Place => {
    const is = value === 'absent' ? 'absent' : value.link === undefined ? 'a file' : 'a link';
    const span = () => config.locate(['spec', 'files', name], 'key');
    return { path: name, span, is, isThere: value !== 'absent' };
  });
  const directories = mergeMaps(configs, (spec) => spec.directories).map(({ name, value, config }): Place => {
    const span = () => config.locate(['spec', 'directories', name], 'key');
    const isThere = value !== 'absent';
    return { path: name, span, isThere, ...(isThere ? {} : { is: 'absent' }) };
  });
  const artifacts = mergeMaps(configs, (spec) => spec.artifacts).map(({ name, config }): Place => {
    const span = () => config.locate(['spec', 'artifacts', name], 'key');
    return { path: name, span, is: 'a file', isThere: true };
  });
  return [...files, ...directories, ...artifacts];
}

/** From the nearest up. */
function ancestorsOf(path: string): readonly string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
}
