import test from 'ava';
import { desiredEntries } from '../../../controller/node/files/desired-entries.ts';
import { emptyState, payloadId } from '../../../controller/node/journal/state.ts';
import { decide } from '../../../controller/node/run/decide.ts';
import { planUnits } from '../../../controller/node/run/plan-units.ts';
import type { Enablement, UnitStatus } from '../../../controller/node/units/manager.ts';
import { makeKeys, makeManifest, type TextUnit, type Wanted } from '../make-payload.ts';

const keys = await makeKeys();
const manifestOf = (wanted: Wanted) => makeManifest(keys, wanted);

function statusOf(isActive: boolean, enablement: Enablement = 'enabled'): UnitStatus {
  return { isActive, enablement, instance: isActive ? 'one' : '', restarts: 0, detail: '' };
}

function planOne(unit: TextUnit, status: UnitStatus, changed: readonly string[] = []): string {
  const manifest = manifestOf({ units: [unit] });
  const input = {
    manifest,
    former: manifest,
    changedPaths: new Set(changed),
    statuses: new Map([[unit.name, status]]),
  };
  return planUnits(input)
    .map((action) => [action.phase, action.act, action.enablement ?? '-'].join(' '))
    .join();
}

const own = '/etc/systemd/system/a.service';
const cases: readonly [string, TextUnit, UnitStatus, readonly string[], string][] = [
  ['running and unchanged: nothing', { name: 'a.service' }, statusOf(true), ['/etc/x'], ''],
  ['not running: start', { name: 'a.service' }, statusOf(false), [], 'after start -'],
  ['its file changed: restart', { name: 'a.service', text: 'x' }, statusOf(true), [own], 'after restart -'],
  [
    'its file changed, disruption None: nothing',
    { name: 'a.service', text: 'x', disruption: 'None' },
    statusOf(true),
    [own],
    '',
  ],
  [
    'its file changed, disruption Reload: reload',
    { name: 'a.service', text: 'x', disruption: 'Reload' },
    statusOf(true),
    [own],
    'after reload -',
  ],
  [
    'a watched path changed: restart',
    { name: 'a.service', restartOn: ['/etc/x'] },
    statusOf(true),
    ['/etc/x'],
    'after restart -',
  ],
  [
    'a reload path changed: reload',
    { name: 'a.service', reloadOn: ['/etc/x'] },
    statusOf(true),
    ['/etc/x'],
    'after reload -',
  ],
  [
    'both changed: restart wins',
    { name: 'a.service', reloadOn: ['/etc/x'], restartOn: ['/etc/y'] },
    statusOf(true),
    ['/etc/x', '/etc/y'],
    'after restart -',
  ],
  [
    'to be stopped: stopped before the files',
    { name: 'a.service', state: 'Stopped' },
    statusOf(true),
    [own],
    'before stop -',
  ],
  ['stopped already: nothing', { name: 'a.service', state: 'Stopped' }, statusOf(false), [], ''],
  [
    'masked: stopped and masked',
    { name: 'a.service', masked: true },
    statusOf(true),
    [],
    'before stop masked',
  ],
  [
    'absent: stopped and disabled',
    { name: 'a.service', absent: true },
    statusOf(true),
    [own],
    'before stop disabled',
  ],
  ['not enabled yet: enabled', { name: 'a.service' }, statusOf(true, 'disabled'), [], 'after none enabled'],
  ['a static unit is not asked again', { name: 'a.service' }, statusOf(true, 'unknown'), [], ''],
];

for (const [title, unit, status, changed, expected] of cases) {
  test(`unit ${title}`, (t) => t.is(planOne(unit, status, changed), expected));
}

test('a dropped unit is stopped when its file was ours, and left alone when the system brought it', (t) => {
  const former = manifestOf({ units: [{ name: 'ours.service', text: 'x' }, { name: 'theirs.service' }] });
  const statuses = new Map(former.units.map((unit) => [unit.name, statusOf(true)]));
  const actions = planUnits({ manifest: manifestOf({}), former, changedPaths: new Set(), statuses });
  t.deepEqual(
    actions.map((action) => [action.name, action.act]),
    [['ours.service', 'stop']],
  );
});

test('a unit that waits for its secret is not taken for a dropped one', (t) => {
  const former = manifestOf({ units: [{ name: 'a.service', text: 'x' }] });
  const manifest = manifestOf({ manifest: { waiting: ['a.service'] } });
  const statuses = new Map([['a.service', statusOf(true)]]);
  t.deepEqual(planUnits({ manifest, former, changedPaths: new Set(), statuses }), []);
  t.deepEqual(desiredEntries(manifest, former), []);
});

test('what is gone from the payload is removed after all is written, lowest path first', (t) => {
  const former = manifestOf({
    files: [
      { path: '/a/b', text: '' },
      { path: '/a/b.d/c', text: '' },
      { path: '/k', text: '' },
    ],
  });
  const manifest = manifestOf({ files: [{ path: '/k', text: '' }] });
  t.deepEqual(
    desiredEntries(manifest, former).map((entry) => `${entry.kind} ${entry.path}`),
    ['file /k', 'absent /a/b.d/c', 'absent /a/b'],
  );
});

test('the same payload again is present, unless its restore failed', (t) => {
  const manifest = manifestOf({});
  const applied = { ...payloadId(manifest), manifest, appliedAt: 1, isIntact: true };
  t.is(decide({ ...emptyState, applied }, manifest).kind, 'present');
  t.is(decide({ ...emptyState, applied: { ...applied, isIntact: false } }, manifest).kind, 'apply');
  t.is(decide({ ...emptyState, applied }, { ...manifest, attempt: 1 }).kind, 'apply');
});

test('a failed hash is not tried again before its attempt is raised', (t) => {
  const manifest = manifestOf({});
  const failed = [{ hash: manifest.hash, attempt: 0, state: 'failed', error: 'x' } as const];
  t.is(decide({ ...emptyState, failed }, manifest).kind, 'failed-before');
  t.is(decide({ ...emptyState, failed }, { ...manifest, attempt: 1 }).kind, 'apply');
});

test('a unit file that holds a secret is read by its owner alone', (t) => {
  const made = manifestOf({ units: [{ name: 'a.service', text: 'x' }] });
  const modeOf = (manifest: typeof made) =>
    desiredEntries(manifest, undefined).map((entry) => ('mode' in entry ? entry.mode : ''));
  t.deepEqual(modeOf(made), ['0644']);
  t.deepEqual(modeOf({ ...made, units: made.units.map((unit) => ({ ...unit, sensitive: true })) }), ['0600']);
});
