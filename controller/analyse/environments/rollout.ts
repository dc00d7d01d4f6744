import type { Fleet } from '../../kinds/kind.ts';
import { durationMs, quantityOr } from '../../kinds/quantity.ts';
import { matchesSelector } from '../../kinds/selector.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Rule } from '../rule.ts';
import { environmentCodes } from './environment-codes.ts';
import { type OwnEnvironment, ownEnvironment } from './own-environment.ts';

/** A rollout can begin, is tried on some servers, and can end in time. */
export const rollout: Rule = (fleet) => {
  const own = ownEnvironment(fleet);
  return own === undefined ? [] : [...shares(own), ...canary(own, fleet), ...deadline(own)];
};

function shares({ find, spec }: OwnEnvironment): readonly Diagnostic[] {
  const written = [
    { at: ['rollout', 'maxUnavailable'], share: spec.rollout?.maxUnavailable },
    { at: ['converged', 'servers'], share: spec.converged?.servers },
  ];
  return written.flatMap(({ at, share }) => {
    if (typeof share !== 'string') return [];
    const percent = Number.parseInt(share, 10);
    if (percent >= 1 && percent <= 100) return [];
    return [find(environmentCodes.share, at, `${share} of the servers is not possible`)];
  });
}

function canary({ find, spec }: OwnEnvironment, fleet: Fleet): readonly Diagnostic[] {
  const matchLabels = spec.rollout?.canary?.matchLabels;
  const servers = fleet.byKind('Server');
  // Without servers, or with some that can't be read, nothing is known.
  if (matchLabels === undefined || servers.length === 0 || isPartial(fleet)) return [];
  const selected = servers.filter(({ metadata }) => matchesSelector({ matchLabels }, metadata.labels));
  const at = ['rollout', 'canary', 'matchLabels'];
  if (selected.length === 0) {
    return [find(environmentCodes.canaryNobody, at, 'no server of the environment has these labels')];
  }
  if (selected.length < servers.length || servers.length === 1) return [];
  const message = `all ${servers.length} servers of the environment have these labels`;
  return [find(environmentCodes.canaryEverybody, at, message)];
}

/** Some servers are declared and can't be read. */
function isPartial(fleet: Fleet): boolean {
  return fleet.mayMiss?.('Server') === true || fleet.mayMiss?.('ServerGroup') === true;
}

function deadline({ find, spec }: OwnEnvironment): readonly Diagnostic[] {
  const { canary: first, minReady, deadline: total } = spec.rollout ?? {};
  const pauseMs = first === undefined ? 0 : quantityOr(durationMs, first.pause, 600_000);
  const waitsMs = pauseMs + quantityOr(durationMs, minReady, 60_000);
  const totalMs = quantityOr(durationMs, total, 7_200_000);
  if (waitsMs < totalMs) return [];
  const at = ['rollout', total === undefined ? 'canary' : 'deadline'];
  const message = `the rollout has ${totalMs / 60_000} minutes, and its waits alone take ${waitsMs / 60_000}`;
  return [find(environmentCodes.deadline, at, message)];
}
