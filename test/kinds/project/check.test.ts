import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';

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
  const circle = findings({ a: { ...plain, after: ['b'] }, b: { ...plain, after: ['a'] } });
  t.deepEqual(circle, [
    'DRV0617 spec.environments.a.after: a waits for itself',
    'DRV0617 spec.environments.b.after: b waits for itself',
  ]);
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
