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

test('rules that this version does not enforce are said', (t) => {
  const found = findings({ a: { ...plain, freezes: [], rollout: { checks: {} } } }, { breakGlass: {} });
  t.deepEqual(
    found.map((finding) => finding.split(':')[0]),
    [
      'DRV0610 spec.breakGlass',
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
