import test from 'ava';
import type { JsonObject } from '../../../controller/model/json.ts';
import { makeUnit } from './make-units.ts';
import { makeWorld } from './make-world.ts';

const role = (config: JsonObject): JsonObject => ({ auth: 'jwt', name: 'web', config });
const key = 'jwt/web';

for (const [title, live, wanted] of [
  ['one claim of two', { bound_claims: { a: 'x', b: 'y' } }, { bound_claims: { a: 'x' } }],
  ['the only claim', { bound_claims: { a: 'x' } }, { bound_claims: {} }],
  ['one mapping', { claim_mappings: { a: 'x', b: 'y' } }, { claim_mappings: { a: 'x' } }],
] as const) {
  test(`a role from which a definition takes ${title} is written`, async (t) => {
    const world = makeWorld();
    world.roles.objects.set(key, role(live));
    const before = makeUnit('vault-role', key, 35, role(live));
    t.is(world.states(await world.step([before], { converged: [before] }))['vault-role:jwt/web'], 'equal');
    await world.run([makeUnit('vault-role', key, 35, role(wanted))], { converged: [before] });
    t.deepEqual(world.roles.objects.get(key), role(wanted));
  });
}

test('what a definition of a role does not speak of is Vault’s', async (t) => {
  const world = makeWorld();
  world.roles.objects.set(key, role({ token_ttl: 5, bound_claims: { a: 'x' } }));
  const unit = makeUnit('vault-role', key, 35, role({ token_type: '' }));
  t.is(world.states(await world.step([unit], { converged: [unit] }))['vault-role:jwt/web'], 'equal');
});
