import type { TestFn } from 'ava';
import { createNomad, type Nomad } from '../../controller/adapters/nomad/index.ts';
import { type RealNomad, startRealNomad } from './real-nomad.ts';

export interface UsedNomad {
  readonly server: RealNomad;
  /** Our adapter to it, with the management token. */
  readonly nomad: Nomad;
}

/** A real Nomad from before the first test of a file until after the last. What it gives is there once they run. */
export function useNomad(test: TestFn, options: { client: boolean }): UsedNomad {
  let started: UsedNomad | undefined;
  test.serial.before(async () => {
    const server = await startRealNomad(options);
    started = { server, nomad: createNomad({ address: server.address, token: server.token }) };
  });
  test.after.always(async () => {
    started?.nomad.close();
    await started?.server.stop();
  });
  const running = () => {
    if (started === undefined) throw new Error('Nomad has not been started yet');
    return started;
  };
  return {
    get server() {
      return running().server;
    },
    get nomad() {
      return running().nomad;
    },
  };
}
