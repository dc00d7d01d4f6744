import test from 'ava';
import { config, findingsOf, placesOf, webServer } from './findings-of-machines.ts';

const web = (text: string) => ({ 'web.service': { content: text } });
const start = '[Service]\nExecStart=/usr/bin/web\n';

function codes(units: object, rest: object = {}): readonly string[] {
  return placesOf([config({ units, ...rest })]).map((place) => place.split(' ')[0] ?? '');
}

test('a unit file as systemd takes it has no findings', (t) => {
  const texts = [
    `# first\n; second\n[Unit]\nDescription=Web\n\n${start}Environment=A=1 \\\n# between\n  B=2\n[Install]\nWantedBy=multi-user.target\n`,
    `[Unit]\n[X-Ours]\nanything=1\n${start}`,
    '[Service]\nType=oneshot\nExecStart=/bin/a\nExecStart=/bin/b\n',
    '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStop=/bin/b\n',
    '[Service]\nExecStart=/bin/a\nExecStart=\nExecStart=/bin/b\n',
    '[Service]\r\nExecStart=/usr/bin/web\r\n',
  ];
  for (const text of texts) t.deepEqual(codes(web(text)), [], text);
});

test('sections are those of the type of the unit', (t) => {
  t.deepEqual(codes(web(`[Timer]\nOnCalendar=daily\n${start}`)), ['DRV0847']);
  t.deepEqual(codes(web('[Unit]\nDescription=x\n')), ['DRV0847']);
  t.deepEqual(codes(web(`Description=x\n${start}`)), ['DRV0847']);
  t.deepEqual(codes({ 'a.target': { content: '[Unit]\nDescription=x\n' } }), []);
  t.deepEqual(codes({ 'a.socket': { content: '[Service]\nExecStart=/bin/a\n' } }), ['DRV0847']);
});

test('a misspelt section brings no second finding about what it lacks', (t) => {
  t.deepEqual(codes(web('[Servce]\nExecStart=/usr/bin/web\n')), ['DRV0847']);
});

test('a service has one command unless it is a oneshot', (t) => {
  t.deepEqual(codes(web('[Service]\nUser=web\n')), ['DRV0848']);
  t.deepEqual(codes(web('[Service]\nExecStart=\n')), ['DRV0848']);
  t.deepEqual(codes(web('[Service]\nExecStart=/a\nExecStart=/b\n')), ['DRV0848']);
  t.deepEqual(codes(web('[Service]\nType=oneshot\n')), ['DRV0848']);
});

test('what a drop-in may add is not missed', (t) => {
  const files = {
    '/etc/systemd/system/web.service.d/run.conf': { content: '[Service]\nExecStart=/bin/a\n' },
  };
  t.deepEqual(codes(web('[Service]\nUser=web\n'), { files }), []);
});

test('drop-ins and unit files that are written as files are read too', (t) => {
  const dropIns = { limits: { content: '[Serivce]\nLimitNOFILE=1\n' } };
  t.deepEqual(codes({ 'docker.service': { dropIns } }), ['DRV0847']);
  t.deepEqual(codes({ 'docker.service': { dropIns: { a: { content: '[Service]\nLimitNOFILE=1\n' } } } }), []);
  const files = { '/etc/systemd/system/x.service': { content: '[Service]\nUser=a\n' } };
  t.deepEqual(codes({}, { files }), ['DRV0848']);
});

test('a line that is no assignment is told alone', (t) => {
  t.deepEqual(codes(web('[Service]\nExecStart /usr/bin/web\n')), ['DRV0859']);
});

test('a reload needs a way to reload', (t) => {
  const files = { '/etc/a': { content: '' } };
  const unit = (text: string) => ({ 'web.service': { content: text, reloadOn: ['/etc/a'] } });
  t.deepEqual(codes(unit(start), { files }), ['DRV0849']);
  t.deepEqual(codes(unit(`${start}ExecReload=/bin/kill -HUP $MAINPID\n`), { files }), []);
  t.deepEqual(codes(unit(`${start}Type=notify-reload\n`), { files }), []);
  t.deepEqual(codes({ 'chrony.service': { reloadOn: ['/etc/a'] } }, { files }), []);
});

test('a unit that does not start by itself is started by another', (t) => {
  const idle = { content: start, enabled: false, state: 'Stopped' };
  t.deepEqual(codes({ 'web.service': idle }), ['DRV0842']);
  for (const type of ['timer', 'socket', 'path']) {
    t.deepEqual(codes({ 'web.service': idle, [`web.${type}`]: {} }), [], type);
  }
  const other = { content: `[Unit]\nOnFailure=web.service\n${start}` };
  t.deepEqual(codes({ 'web.service': idle, 'other.service': other }), []);
  t.deepEqual(codes({ 'web.service': { ...idle, enabled: true } }), []);
  t.deepEqual(codes({ 'web@.service': idle }), []);
  t.deepEqual(codes({ 'web.service': { enabled: false, state: 'Stopped' } }), []);
});

test('a timer starts something that is declared', (t) => {
  const timer = (text: string) => ({ 'a.timer': { content: `[Timer]\nOnCalendar=daily\n${text}` } });
  t.deepEqual(codes(timer('')), ['DRV0853']);
  t.deepEqual(codes({ ...timer('Unit=web.service\n'), 'web.service': {} }), []);
  t.deepEqual(
    codes({
      ...timer('Unit=web@1.service\n'),
      'web@.service': { content: start, enabled: false, state: 'Stopped' },
    }),
    [],
  );
  t.deepEqual(codes({ 'a.timer': {} }), []);
});

test('a watched file whose source is not in the repository is told by its source alone', (t) => {
  const units = { 'docker.service': { restartOn: ['/etc/a'] } };
  t.deepEqual(codes(units, { files: { '/etc/a': { file: 'missing.conf' } } }), []);
});

test('a unit watches what somebody writes, or a package that somebody declares', (t) => {
  const watch = (restartOn: readonly string[]) => ({ 'docker.service': { restartOn } });
  const rest = {
    files: { '/etc/a': { content: '' }, '/etc/gone': 'absent', '/etc/${x}': { content: '' } },
    directories: { '/srv/d': {} },
    artifacts: { '/opt/t': { url: 'https://x/', sha256: 'a'.repeat(64) } },
    packages: { 'docker-ce': '*' },
  };
  t.deepEqual(codes(watch(['/etc/a', '/etc/gone', '/srv/d', '/opt/t', 'docker-ce']), rest), []);
  t.deepEqual(codes(watch(['/etc/b']), rest), ['DRV0843']);
  t.deepEqual(codes(watch(['docker-io']), rest), ['DRV0843']);
  const [found] = findingsOf([config({ units: watch(['/etc/aa']), ...rest })]);
  t.is(found?.hint, 'did you mean "/etc/a"?');
});

test('a watched path may depend on the server', (t) => {
  const units = { 'web.service': { restartOn: ['/etc/${{ server.name }}'] } };
  t.deepEqual(codes(units, { files: { '/etc/web-1': { content: '' } } }), []);
  t.deepEqual(codes(units, { files: { '/etc/web-2': { content: '' } } }), ['DRV0843']);
});

test('a file that a program is started with is watched, unless the program reads it each time', (t) => {
  const files = { '/etc/web.conf': { content: '' }, '/etc/web.env': { content: '' } };
  const unit = (text: string, rest: object = {}) => ({ 'web.service': { content: text, ...rest } });
  const reads = '[Service]\nExecStart=/usr/bin/web --config=/etc/web.conf\n';
  t.deepEqual(codes(unit(reads), { files }), ['DRV0844']);
  t.deepEqual(codes(unit(`${start}EnvironmentFile=-/etc/web.env\n`), { files }), ['DRV0844']);
  t.deepEqual(codes(unit(reads, { restartOn: ['/etc/web.conf'] }), { files }), []);
  t.deepEqual(codes(unit(`${reads}Type=oneshot\n`), { files }), []);
  t.deepEqual(codes(unit(reads.replace('web.conf', 'web.conf.d')), { files }), []);
});

test('a check asks for a unit that is declared and meant to run', (t) => {
  const checks = { up: { unit: 'web.service' } };
  t.deepEqual(codes({}, { checks }), ['DRV0852']);
  t.deepEqual(codes({ 'web.service': {} }, { checks }), []);
  for (const unit of ['absent', 'masked', { state: 'Stopped' }]) {
    t.deepEqual(codes({ 'web.service': unit }, { checks }), ['DRV0856'], JSON.stringify(unit));
  }
});

test('disruption of a unit that another configuration declares is fine, of none is not', (t) => {
  const other = config({ disruption: { 'web.service': 'Drain' } }, 'other');
  t.deepEqual(placesOf([config({ units: { 'web.service': {} } }), other]), []);
  t.deepEqual(placesOf([other]), ['DRV0840 other.yaml#spec.disruption.web.service']);
});

test('nothing is concluded from what nobody says when a configuration has findings of its own', (t) => {
  const specs = config({ disruption: { 'web.service': 'Drain' }, checks: { up: { unit: 'web.service' } } });
  t.is(placesOf([specs]).length, 2);
  t.deepEqual(placesOf([specs], { isIncomplete: true }), []);
});

test('each file that a unit does not watch is told, and of many servers once', (t) => {
  const files = { '/etc/a.conf': { content: '' }, '/etc/b.conf': { content: '' } };
  const units = web('[Service]\nExecStart=/usr/bin/web /etc/a.conf /etc/b.conf\n');
  const resources = [2, 3].map((number) => ({ ...webServer, name: `web-${number}` }));
  const found = findingsOf([config({ units, files })], { resources });
  t.deepEqual(
    found.map(({ message }) => /\/etc\/\w\.conf/.exec(message)?.[0]),
    ['/etc/a.conf', '/etc/b.conf'],
  );
  const checks = { up: { unit: 'none.service' } };
  t.is(findingsOf([config({ checks })], { resources }).length, 1);
});

test('what is wrong on one server only is told of that server', (t) => {
  const other = { ...webServer, name: 'web-2', labels: { role: 'other' } };
  const watch = config({ units: { 'x.service': { restartOn: ['/etc/a'] } } });
  const write = config(
    { selector: { matchLabels: { role: 'client' } }, files: { '/etc/a': { content: '' } } },
    'write',
  );
  const found = findingsOf([watch, write], { resources: [other] });
  t.deepEqual(
    found.map(({ message }) => message),
    ['x.service watches /etc/a, and no configuration of web-2 writes it'],
  );
});
