import { type UnitKind, unitKey } from '../../model/tree.ts';
import type { AdoptTarget } from '../adopt-target.ts';
import type { NomadWorld } from '../adopt-world.ts';
import { nothingTaken } from '../adopted-item.ts';

/** Variables may hold secrets, so their values are not even read. */
export const nomadVariables: AdoptTarget = createLister({
  title: 'Nomad variables',
  needs: 'variables { path "*" { capabilities = ["list"] } } in their namespaces',
  word: 'Nomad variable',
  kind: 'nomad-variable',
  listing: (nomad) => nomad.listings.variables,
  reason:
    'its values may be secrets, so they are not read: what is plain in it belongs into a NomadVariable, what is secret into Vault',
});

export const nomadVolumes: AdoptTarget = createLister({
  title: 'Nomad volumes',
  needs: 'csi-list-volume and host-volume-read in their namespaces',
  word: 'volume',
  kind: 'nomad-volume',
  listing: (nomad) => nomad.listings.volumes,
  reason: 'volumes are not taken over; a NomadVolume of the same id and parameters adopts it',
});

interface Lister {
  readonly title: string;
  readonly needs: string;
  readonly word: string;
  readonly kind: UnitKind;
  readonly listing: (nomad: NomadWorld) => NomadWorld['listings']['variables'];
  readonly reason: string;
}

function createLister({ title, needs, word, kind, listing, reason }: Lister): AdoptTarget {
  return {
    title,
    needs,
    isAsked: ({ nomad }) => nomad !== undefined,
    async take({ nomad, namespaces }, signal) {
      if (nomad === undefined) return nothingTaken;
      const keys = await listing(nomad).keys('', signal);
      const asked = keys.filter(
        (key) => namespaces.length === 0 || namespaces.includes(key.split('/')[0] ?? ''),
      );
      const left = asked.map((key) => ({ what: `${word} ${key}`, reason, unit: unitKey({ kind, key }) }));
      return { ...nothingTaken, left };
    },
  };
}
