import test from 'ava';
import { checkProject } from '../../../controller/kinds/project/check.ts';
import type { ProjectSpec } from '../../../controller/kinds/project/schema.ts';
import { findingsOf } from '../../fakes/findings.ts';
import { fakeResource } from '../../fakes/fleet.ts';

const plain = { folders: ['.'], cluster: 'c' };

function findings(environments: object, more: object = {}): readonly string[] {
  return findingsOf({ kind: 'Project', name: 'acme', spec: { environments, ...more } });
}

test('environments are DNS labels that do not end in -next', (t) => {
  t.deepEqual(findings({ prod: plain, 'eu-1': plain }), []);
  for (const name of ['Prod', 'prod-next', 'a_b', '-a', 'a.b']) {
    t.regex(findings({ [name]: plain }).join(), /^DRV0603 /, name);
  }
});

test('an environment waits for others that exist, and never for itself', (t) => {
  t.deepEqual(findings({ a: { ...plain, after: ['b'] } }), [
    'DRV0617 spec.environments.a.after.0: there is no environment b',
  ]);
  t.is(findings({ a: { ...plain, after: ['constructor', 'toString'] } }).length, 2);
});

test('an unknown environment gets the one that was probably meant', (t) => {
  const environments = { staging: plain, prod: { ...plain, after: ['stagging'] } };
  const resource = fakeResource<ProjectSpec>({ kind: 'Project', name: 'acme', spec: { environments } });
  const [found] = checkProject(resource);
  t.is(found?.hint, 'did you mean "staging"?');
});

test('a circle of environments is one finding', (t) => {
  t.deepEqual(findings({ a: { ...plain, after: ['a'] } }), [
    'DRV0617 spec.environments.a.after: a waits for itself',
  ]);
  const circle = {
    x: { ...plain, after: ['a'] },
    a: { ...plain, after: ['b'] },
    b: { ...plain, after: ['c'] },
    c: { ...plain, after: ['a'] },
  };
  t.deepEqual(findings(circle), ['DRV0617 spec.environments.a.after: a waits for itself by way of b, c']);
});

test('rules that this version does not enforce are said', (t) => {
  const found = findings({ a: { ...plain, freezes: [], rollout: { checks: {} } } }, { tenants: [] });
  t.deepEqual(
    found.map((finding) => finding.split(':')[0]),
    [
      'DRV0610 spec.tenants',
      'DRV0610 spec.environments.a.freezes',
      'DRV0610 spec.environments.a.rollout.checks',
    ],
  );
});

test('quantities are found wherever they stand', (t) => {
  const found = findings({
    a: { ...plain, soak: '30', drift: { after: '5x' }, rollout: { canary: { matchLabels: {}, pause: '7' } } },
  });
  t.deepEqual(
    found.map((finding) => finding.split(':')[0]),
    [
      'DRV0601 spec.environments.a.soak',
      'DRV0601 spec.environments.a.drift.after',
      'DRV0601 spec.environments.a.rollout.canary.pause',
    ],
  );
});
