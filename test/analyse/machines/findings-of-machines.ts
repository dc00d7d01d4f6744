import { machineRules } from '../../../controller/analyse/machines/index.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import { type FakeFleet, type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

export const webServer: FakeResource = {
  kind: 'Server',
  name: 'web-1',
  labels: { role: 'client' },
  spec: { class: 'cx', interfaces: { lan: { address: '10.0.0.1/24' } } },
};

export function config(spec: object, name = 'base'): FakeResource {
  return { kind: 'MachineConfig', name, spec: { selector: {}, ...spec } };
}

interface Around extends Partial<FakeFleet> {
  /** A definition that may say more could not be read. */
  readonly isIncomplete?: boolean;
}

/** What the rules about machines say of a server with these configurations, each as `CODE file#field`. */
export function placesOf(configs: readonly FakeResource[], around: Around = {}): readonly string[] {
  return findingsOf(configs, around).map(({ code, place }) => `${code} ${place}`);
}

export function findingsOf(
  configs: readonly FakeResource[],
  { isIncomplete = false, ...around }: Around = {},
) {
  const whole = fakeFleet({ ...around, resources: [webServer, ...configs, ...(around.resources ?? [])] });
  const fleet = isIncomplete ? { ...whole, mayMiss: () => true } : whole;
  return machineRules
    .flatMap((rule) => rule(fleet, kinds))
    .map(({ code, message, hint, span, related = [] }) => ({
      code,
      message,
      hint,
      related: related.map((other) => other.span.path),
      place: `${span.path}${span.line === 1 ? '' : `:${span.line}`}`,
    }));
}
