import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { numberOf, objectOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import { groupsOf, type JobGroup, typeOf } from '../jobs/job-parts.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';

/** Claims of volumes have the words that Nomad takes, and those that go together (`VolumeRequest.Validate` of Nomad 1.11). */
export const claimForm: Rule = (fleet) =>
  fleet.jobs().flatMap((fleetJob) => groupsOf(fleetJob).flatMap((group) => checkGroup(fleetJob, group)));

interface Problem {
  readonly attribute: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

function checkGroup(fleetJob: FleetJob, group: JobGroup): readonly Diagnostic[] {
  return Object.entries(objectOf(group.group['Volumes'])).flatMap(([label, value]) => {
    const claim = objectOf(value);
    const type = textOf(claim['Type']);
    const problem =
      badType(label, type) ?? badOwn(fleetJob, group, { label, claim }) ?? ofType[type]?.(label, claim);
    if (problem === undefined) return [];
    const { attribute, message, hint } = problem;
    const span = group.locate({ block: 'volume', label, attribute });
    return [findingOf(volumeCodes.claimForm, { span, message, ...(hint === undefined ? {} : { hint }) })];
  });
}

const types = ['host', 'csi'];

function badType(label: string, type: string): Problem | undefined {
  if (types.includes(type)) return undefined;
  const message =
    type === '' ? `the volume ${label} has no type` : `there are no volumes of the type ${type}`;
  return {
    attribute: 'type',
    message,
    hint: didYouMean(type, types) ?? 'write type = "host" or type = "csi"',
  };
}

interface Claim {
  readonly label: string;
  readonly claim: JsonObject;
}

function badOwn(fleetJob: FleetJob, { update }: JobGroup, { label, claim }: Claim): Problem | undefined {
  if (claim['PerAlloc'] !== true) return undefined;
  const say = (what: string) => ({
    attribute: 'per_alloc',
    message: `the volume ${label} is per_alloc, and ${what}`,
  });
  const type = typeOf(fleetJob);
  if (type === 'system' || type === 'sysbatch') return say(`a ${type} job has no numbered allocations`);
  if (numberOf(update['Canary'], 0) > 0)
    return say('a canary has the number of the allocation that it replaces');
  return claim['Sticky'] === true ? say('sticky, which exclude each other') : undefined;
}

const ofType: Readonly<Record<string, (label: string, claim: JsonObject) => Problem | undefined>> = {
  host: badHost,
  csi: badCsi,
};

const hostModes = [
  'single-node-reader-only',
  'single-node-writer',
  'single-node-single-writer',
  'single-node-multi-writer',
];
const csiModes = [
  'single-node-reader-only',
  'single-node-writer',
  'multi-node-reader-only',
  'multi-node-single-writer',
  'multi-node-multi-writer',
];

function badHost(label: string, claim: JsonObject): Problem | undefined {
  if (claim['MountOptions'] !== undefined) {
    return {
      attribute: 'mount_options',
      message: `the volume ${label} is of the host, and has no mount options`,
    };
  }
  const mode = textOf(claim['AccessMode']);
  return mode === '' ? undefined : badMode(label, claim, hostModes);
}

function badCsi(label: string, claim: JsonObject): Problem | undefined {
  if (textOf(claim['AttachmentMode']) === '') {
    const hint = 'write attachment_mode = "file-system" or "block-device"';
    return { attribute: 'attachment_mode', message: `the CSI volume ${label} has no attachment_mode`, hint };
  }
  if (textOf(claim['AccessMode']) === '') {
    const hint = `write access_mode = "${csiModes[1]}", or what its definition allows`;
    return { attribute: 'access_mode', message: `the CSI volume ${label} has no access_mode`, hint };
  }
  return badMode(label, claim, csiModes);
}

function badMode(label: string, claim: JsonObject, modes: readonly string[]): Problem | undefined {
  const mode = textOf(claim['AccessMode']);
  if (!modes.includes(mode)) {
    const message = `there is no access_mode ${mode} for the volume ${label}`;
    return {
      attribute: 'access_mode',
      message,
      hint: didYouMean(mode, modes) ?? `it is one of ${modes.join(', ')}`,
    };
  }
  if (!mode.endsWith('reader-only') || claim['ReadOnly'] === true) return undefined;
  const message = `the volume ${label} is claimed by readers only, and to be written`;
  return { attribute: 'access_mode', message, hint: 'write read_only = true' };
}
