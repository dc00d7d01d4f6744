import { findingOf } from '../../model/diagnostic-code.ts';
import { missing } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import { blameOf } from '../placement/blame.ts';
import { type FleetGroup, fleetPlacement } from '../placement/fleet-placement.ts';
import type { VolumeAsk } from '../placement/volume-ask.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';
import { claimPlace } from './volume-users.ts';

/** The host volumes that a group claims are on a client that it may land on, and as it wants to use them. */
export const volumeMissing: Rule = (fleet) => {
  const { groups = [] } = fleetPlacement(fleet) ?? {};
  return groups
    .filter((group) => blameOf(group)?.of === 'host volume')
    .flatMap((group) => {
      const volumes = group.ask.volumes.filter((volume) => !isUsable(group, volume));
      // Each is somewhere, and no client has them all.
      return (volumes.length === 0 ? group.ask.volumes.slice(0, 1) : volumes).map((volume) =>
        tell(group, volume),
      );
    });
};

function isUsable({ matches }: FleetGroup, { source, readOnly }: VolumeAsk): boolean {
  return matches.some(({ node, match }) => {
    const isReached = match.verdict !== 'no' || match.shortage?.kind === 'host volume';
    const found = Object.hasOwn(node.hostVolumes, source) ? node.hostVolumes[source] : undefined;
    return isReached && found !== undefined && (readOnly || !found.readOnly);
  });
}

function tell(group: FleetGroup, volume: VolumeAsk) {
  const { source } = volume;
  const nodes = group.matches.map(({ node }) => node);
  const having = nodes.filter(({ hostVolumes }) => Object.hasOwn(hostVolumes, source));
  const isReached = (name: string) =>
    group.matches.some(({ node, match }) => node.name === name && match.shortage?.kind === 'host volume');
  const forReading = having.filter(({ name }) => isReached(name));
  const span = claimPlace(group, volume);
  if (forReading.some(({ hostVolumes }) => hostVolumes[source]?.readOnly === true) && !volume.readOnly) {
    const names = forReading.map(({ name }) => name).join(', ');
    const message = `${source} is for reading only on ${names}, and the claim is for writing`;
    return findingOf(volumeCodes.readOnly, { span, message });
  }
  const elsewhere = having.map(({ name }) => name);
  const known = [...new Set(nodes.flatMap(({ hostVolumes }) => Object.keys(hostVolumes)))];
  return findingOf(volumeCodes.missing, {
    span,
    message:
      elsewhere.length === 0
        ? `no client has the host volume ${source}`
        : `the host volume ${source} is on ${elsewhere.join(', ')}, and not all that the group asks for is there`,
    hint: elsewhere.length === 0 ? didYouMean(source, known) : undefined,
    ...(elsewhere.length === 0 ? { mistake: missing('host volume', source) } : {}),
  });
}
