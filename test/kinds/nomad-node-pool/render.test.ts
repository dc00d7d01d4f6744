import test from 'ava';
import { renderUnit } from '../render-unit.ts';

const render = (spec: object) => renderUnit({ kind: 'NomadNodePool', name: 'gpu', spec });

test('a pool is written as Nomad’s API reads it', (t) => {
  const { unit, document } = render({
    description: 'Cards',
    meta: { owner: 'x' },
    nodeIdentityTTL: '1h',
    scheduler: { algorithm: 'Spread', memoryOversubscription: true },
  });
  t.is(unit.path, 'nomad/node-pools/gpu.json');
  t.is(unit.wave, 30);
  t.deepEqual(document, {
    Name: 'gpu',
    Description: 'Cards',
    Meta: { owner: 'x' },
    NodeIdentityTTL: 3_600_000_000_000,
    SchedulerConfiguration: { SchedulerAlgorithm: 'spread', MemoryOversubscriptionEnabled: true },
  });
});

test('what is left to Nomad is not written, nor is its own default', (t) => {
  t.deepEqual(render({ nodeIdentityTTL: '24h' }).document, { Name: 'gpu', Description: '' });
});
