import test from 'ava';
import { array, assert as assertLaw, constantFrom, property } from 'fast-check';
import { machineRules } from '../../../controller/analyse/machines/index.ts';
import { directives } from '../../../controller/analyse/units/directives.ts';
import { unitRules } from '../../../controller/analyse/units/index.ts';
import { splitCommand } from '../../../controller/analyse/units/split-command.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import { fakeFleet } from '../../fakes/fleet.ts';
import { config, webServer } from '../machines/findings-of-machines.ts';
import { corpus, passedOver } from './corpus.ts';

function saidOf(name: string, text: string, more: object = {}): readonly string[] {
  const files = { [`/etc/systemd/system/${name}`]: { content: text } };
  const fleet = fakeFleet({ resources: [webServer, config({ files, ...more })] });
  return [...unitRules, ...machineRules]
    .flatMap((rule) => rule(fleet, kinds))
    .map(({ code, message, hint }) => `${code} ${message} (${hint})`);
}

const service = (body: string) => `[Service]\nExecStart=/bin/true\n${body}\n`;

test('what systemd complains of is found, and nothing else', (t) => {
  for (const [name, text, complaint] of corpus) {
    const said = saidOf(name, text);
    t.is(said.length > 0, complaint !== undefined, `${text}: ${said.join()} / ${complaint}`);
  }
  t.true(corpus.length > 300);
});

test('a mistake in a unit is told once', (t) => {
  for (const [name, text] of corpus) t.true(saidOf(name, text).length <= 2, text);
});

test('what is let through is let through', (t) => {
  for (const [name, text] of passedOver) t.deepEqual(saidOf(name, text), [], text);
});

test('a misspelt or misplaced name is told with what to write', (t) => {
  t.deepEqual(saidOf('a.service', service('Enviroment=A=b')), [
    'DRV0971 [Service] has no Enviroment= (did you mean "Environment"?)',
  ]);
  t.deepEqual(saidOf('a.service', service('WantedBy=multi-user.target')), [
    'DRV0971 [Service] has no WantedBy= (WantedBy= belongs into [Install])',
  ]);
  t.deepEqual(saidOf('a.service', service('X-Ours=1')), []);
});

test('words of a shell outside quotes are told, with each redirection', (t) => {
  for (const word of ['&&', '||', '|', '>', '>>', '2>&1', '<', '&', '>/var/log/x', '2>/dev/null']) {
    const said = saidOf('a.service', `[Service]\nExecStart=/bin/x a ${word} b\n`);
    t.is(said.length, 1, word);
    t.true(said[0]?.startsWith('DRV0973 ExecStart= gives '), word);
  }
  t.deepEqual(saidOf('a.service', '[Service]\nExecStart=/bin/sh -c "a && b > c"\n'), []);
});

test('a target is known when systemd, a unit or a file of the same server brings it', (t) => {
  const text = `${service('')}[Install]\nWantedBy=shop.target\n`;
  t.is(saidOf('a.service', text).length, 1);
  t.deepEqual(
    saidOf('a.service', text, { units: { 'shop.target': { content: '[Unit]\nDescription=x\n' } } }),
    [],
  );
  t.deepEqual(saidOf('a.service', text, { packages: { shop: {} } }), []);
  t.deepEqual(saidOf('a.service', `[Unit]\nAfter=zfs-mounts.target\n${service('')}`), []);
  t.deepEqual(saidOf('a.service', `[Unit]\nAfter=network-onlin.target\n${service('')}`), [
    'DRV0976 After= names network-onlin.target, which neither systemd nor a configuration of web-1 brings (did you mean "network-online.target"?)',
  ]);
});

test('each section has its own names and those that it shares', (t) => {
  t.true(directives.get('Service')?.has('MemoryMax'));
  t.true(directives.get('Unit')?.has('AssertPathExists'));
  t.false(directives.get('Unit')?.has('MemoryMax'));
  t.false(directives.get('Timer')?.has('User'));
  for (const names of directives.values())
    t.true([...names].every((name) => /^[A-Z][A-Za-z0-9]+$/.test(name)));
});

test('words of a command are split as they stand, whatever the line', (t) => {
  assertLaw(
    property(array(constantFrom('a', ' ', '"', "'", '\\', '$', '&&', '\t'), { maxLength: 40 }), (parts) => {
      const line = parts.join('');
      const { words, unclosed = '' } = splitCommand(line);
      return (
        words.map(({ written }) => written).join('').length + unclosed.replaceAll(/\s/g, '').length <=
        line.length
      );
    }),
  );
  t.deepEqual(
    splitCommand(`/bin/x "a b" c\\ d 'e'`).words.map(({ value }) => value),
    ['/bin/x', 'a b', 'c d', 'e'],
  );
});

test('no text of a unit throws or takes long', (t) => {
  const piece = constantFrom(
    ...'[Service] [Timer] ExecStart= OnCalendar= RestartSec= MemoryMax= After= Environment= Where= " \' \\ = 1 9G Mon.. %i /x a.target'.split(
      ' ',
    ),
    '\n',
    ' ',
  );
  assertLaw(
    property(array(piece, { maxLength: 60 }), (pieces) => {
      for (const name of ['a.service', 'a.timer', 'a.mount']) saidOf(name, pieces.join(''));
    }),
    { numRuns: 60 },
  );
  const startMs = performance.now();
  for (const value of [
    '1'.repeat(10_000),
    '1G'.repeat(5000),
    'mon,'.repeat(5000),
    '1s '.repeat(5000),
    '*-'.repeat(5000),
  ]) {
    saidOf('a.service', service(`MemoryMax=${value}!\nRestartSec=${value}!\nEnvironment=${value}!`));
    saidOf('a.timer', `[Timer]\nOnCalendar=${value}!\n`);
  }
  t.true(performance.now() - startMs < 20_000);
});
