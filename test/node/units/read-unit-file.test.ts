import test from 'ava';
import { readEnvironmentFile, readServiceFile } from '../../../controller/node/units/read-unit-file.ts';
import { restartPause } from '../../../controller/node/units/restart-pause.ts';
import { splitWords } from '../../../controller/node/units/split-words.ts';
import { readStatus } from '../../../controller/node/units/systemd.ts';

test('a command line is split at spaces outside quotes', (t) => {
  t.deepEqual(splitWords(`/bin/sh -c "echo 'a b'; exit 3" 'x "y"' a\\ b`, {}), [
    '/bin/sh',
    '-c',
    "echo 'a b'; exit 3",
    'x "y"',
    'a b',
  ]);
});

test('variables: inside a word whole, alone split, doubled signs are themselves', (t) => {
  const variables = { ROOT: '/srv/a b', OPTS: '-x  -y' };
  t.deepEqual(splitWords('p ${ROOT}/etc $OPTS ${NONE} 100%% $$HOME', variables), [
    'p',
    '/srv/a b/etc',
    '-x',
    '-y',
    '',
    '100%',
    '$HOME',
  ]);
});

test('an empty pair of quotes is a word', (t) => {
  t.deepEqual(splitWords(`a "" ''`, {}), ['a', '', '']);
});

test('a service file gives what the manager needs', (t) => {
  const text = [
    '[Unit]',
    'ExecStart=/not/this',
    '[Service]',
    '# a comment',
    'Environment=A=1 "B=two words"',
    'Environment=C=3',
    'ExecStart=/opt/nomad agent \\',
    '  -config=/etc/nomad.d',
    'WorkingDirectory=/var/lib/nomad',
    'KillSignal=INT',
    'KillMode=process',
    'TimeoutStopSec=1min 30s',
    'Restart=on-failure',
    'RestartSec=2',
  ].join('\n');
  const service = readServiceFile('nomad.service', text);
  t.deepEqual(splitWords(service.execStart, {}), ['/opt/nomad', 'agent', '-config=/etc/nomad.d']);
  t.deepEqual(service.environment, { A: '1', B: 'two words', C: '3' });
  t.is(service.workingDirectory, '/var/lib/nomad');
  t.is(service.killSignal, 'SIGINT');
  t.false(service.killsGroup);
  t.is(service.stopTimeoutMs, 90_000);
  t.is(service.restart, 'on-failure');
  t.is(service.restartDelayMs, 2000);
});

test('an empty assignment takes back what was set before', (t) => {
  const service = readServiceFile('a.service', '[Service]\nExecStart=/bin/a\nExecStart=\nExecStart=/bin/b\n');
  t.is(service.execStart, '/bin/b');
});

test('a unit that can not be supervised is refused in words', (t) => {
  t.throws(() => readServiceFile('a.service', '[Service]\nType=forking\nExecStart=/bin/a'), {
    message: /Type=forking/,
  });
  t.throws(() => readServiceFile('a.service', '[Service]\nRestart=always'), { message: /no ExecStart/ });
});

test('an environment file gives its assignments without quotes', (t) => {
  t.deepEqual(readEnvironmentFile('# c\nA=1\nB="two words"\nnot a line\n'), { A: '1', B: 'two words' });
});

test('the pause between restarts doubles, is never below the one asked for and never above 30 s', (t) => {
  t.is(restartPause(0, 100), 100);
  t.is(restartPause(1, 100), 1000);
  t.is(restartPause(2, 100), 2000);
  t.is(restartPause(1, 5000), 5000);
  t.is(restartPause(50, 100), 30_000);
});

test('systemctl show becomes a status', (t) => {
  const text = (active: string, more = '') =>
    `Type=simple\nResult=success\nActiveState=${active}\nSubState=x\nUnitFileState=enabled\nInvocationID=abc\nNRestarts=2\n${more}`;
  const active = readStatus(text('active'));
  t.like(active, { isActive: true, enablement: 'enabled', instance: 'abc', restarts: 2 });
  t.false(readStatus(text('failed')).isActive);
  t.true(readStatus(text('inactive').replace('simple', 'oneshot')).isActive);
});
