import test from 'ava';
import { consulForm, nomadForm } from '../../../controller/adapters/programs/hashicorp.ts';
import { nginxForm } from '../../../controller/adapters/programs/nginx.ts';
import { prometheusForm } from '../../../controller/adapters/programs/prometheus.ts';
import { configOf } from './samples.ts';

const root = '/tmp/r';

function confined(form: typeof nginxForm, text: string): string | undefined {
  const { files } = configOf('nginx', [], { '/a': text });
  const bytes = form.confine(files, root)?.get('/a');
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

test('nginx is led below the root for whatever it opens', (t) => {
  const written = 'include /etc/passwd; error_log "/var/log/x"; access_log\n/y;{include\t/z;}root \'/w\';';
  const laid = `include ${root}/etc/passwd; error_log "${root}/var/log/x"; access_log\n${root}/y;{include\t${root}/z;}root '${root}/w';`;
  t.is(confined(nginxForm, written), laid);
});

test('nginx is not asked about modules, programs, or ways up', (t) => {
  for (const text of [
    'load_module /x.so;',
    '"load_module" x;',
    'include ../../etc/passwd;',
    'perl_set $a b;',
  ]) {
    t.is(confined(nginxForm, text), undefined, text);
  }
});

test('promtool is led below the root for whatever it reads', (t) => {
  const written = 'rule_files:\n- /etc/passwd\n- \'/etc/shadow\'\n- "/x"\nfiles: [/a,/b, /c]\nk:\n  /d\n';
  const laid = confined(prometheusForm, written);
  t.is(
    laid,
    `rule_files:\n- ${root}/etc/passwd\n- '${root}/etc/shadow'\n- "${root}/x"\nfiles: [${root}/a,${root}/b, ${root}/c]\nk:\n  ${root}/d\n`,
  );
});

test('promtool is not asked about texts that spell a path in a way that is not seen', (t) => {
  const evasive = [
    'rule_files: ["\\x2fetc/passwd"]',
    'rule_files: ["\\u002fetc/passwd"]',
    'rule_files: ["\\/etc/passwd"]',
    'rule_files: [!!binary L2V0Yy9wYXNzd2Q=]',
    'rule_files: [../../etc/passwd]',
    '%TAG ! tag:yaml.org,2002:\n---\nrule_files: [!binary L2V0]',
  ];
  for (const text of evasive) t.is(confined(prometheusForm, text), undefined, text);
});

test('Consul is not asked about templates that this machine would fill in', (t) => {
  t.is(confined(consulForm, '{"bind_addr": "{{ GetPrivateIP }}"}'), undefined);
  t.not(confined(consulForm, '{"bind_addr": "10.0.0.1"}'), undefined);
});

test('a data directory that is said elsewhere is not missed', (t) => {
  const { files } = configOf('nomad', [], { '/etc/nomad.d/tls.hcl': 'tls {}' });
  t.is(nomadForm.confine(files, root)?.size, 2);
  const whole = configOf('nomad', [], { '/etc/nomad.d/nomad.hcl': 'data_dir = "/x"' });
  t.is(nomadForm.confine(whole.files, root)?.size, 1);
});

test('each problem of an answer is one, with the file and the line that it names', (t) => {
  const consul =
    'Config validation failed: failed to parse /etc/consul.d/a.json: 2 errors occurred:\n\t* invalid config key x\n\t* invalid config key y\n\n';
  t.deepEqual(consulForm.problems(consul), [
    { path: '/etc/consul.d/a.json', message: 'invalid config key x' },
    { path: '/etc/consul.d/a.json', message: 'invalid config key y' },
  ]);
  t.deepEqual(consulForm.problems('Config validation failed: data_dir cannot be empty\n'), [
    { message: 'data_dir cannot be empty' },
  ]);
  const nomad =
    'WARNING: x\n1 error occurred:\n\t* Error loading configuration from /etc/nomad.d: Error loading /etc/nomad.d/a.hcl: failed to decode HCL file /etc/nomad.d/a.hcl: At 3:12: Unknown token: 3:12 IDENT tru\n';
  t.deepEqual(nomadForm.problems(nomad), [
    { path: '/etc/nomad.d/a.hcl', line: 3, message: 'Unknown token: 3:12 IDENT tru' },
  ]);
  const promtool =
    'Checking /etc/prometheus/prometheus.yml\n\n  FAILED: parsing YAML file /etc/prometheus/prometheus.yml: yaml: unmarshal errors:\n  line 5: field a not found\n  line 6: field b not found\n';
  t.deepEqual(
    prometheusForm.problems(promtool).map(({ line }) => line),
    [5, 6],
  );
});

test('what is about this machine is no problem of the files', (t) => {
  const files = 'Checking /p.yml\n  FAILED: error checking "/k": stat /k: no such file or directory\n';
  t.deepEqual(prometheusForm.problems(files), []);
  t.deepEqual(
    nginxForm.problems('[emerg] 1#1: host not found in upstream "a" in /etc/nginx/nginx.conf:5'),
    [],
  );
  t.deepEqual(nginxForm.problems('[emerg] 1#1: mkdir() "/var/lib/nginx/body" failed (2: No such file)'), []);
});
