import test from 'ava';
import * as fc from 'fast-check';
import { readTemplate } from '../../../controller/analyse/jobs/template-facts.ts';
import { scanTemplate } from '../../../controller/analyse/jobs/template-words.ts';

const read = (text: string) => readTemplate(text, ['{{', '}}']);

/** What people write, as Nomad's own documentation and its users do. */
const sound = [
  'bind_port: {{ env "NOMAD_PORT_db" }}',
  '{{- range service "web" }}\nserver {{ .Name }} {{ .Address }}:{{ .Port }} check\n{{- end }}',
  '{{ range $index, $service := service "web|any" }}{{ if gt $index 0 }},{{ end }}{{ $service.Address }}{{ end }}',
  '{{ with secret "kv/data/shop/db" }}{{ .Data.data.password | toJSON }}{{ else }}none{{ end }}',
  '{{ with nomadVar "nomad/jobs/web" }}{{ .token }}{{ end }}',
  '{{ (secret "kv/data/shop/db").Data.data.password }}',
  '{{/* a comment with }} inside */}}{{- /* another */ -}}plain',
  '{{ $x := key "shop/flags" | parseJSON }}{{ $x.on }}{{ range $k, $v := $x }}{{ $k }}={{ $v }}{{ end }}',
  '{{ define "host" }}{{ .Name }}{{ end }}{{ range services }}{{ template "host" . }}{{ end }}',
  '{{ if eq (env "A") "b" }}x{{ else if ne (env "A") `c` }}y{{ else }}z{{ end }}',
  '{{ printf "%s-%d" (env "A") 3 | sprig_upper | trimSpace }}',
  '{{ "{{ host }}" }}',
  '{{ scratch.Set "a" 1 }}{{ scratch.Get "a" }}',
  '{{ with $s := secret "pki/issue/web" "common_name=web" "ttl=24h" }}{{ $s.Data.certificate }}{{ end }}',
  '{{ range $i, $e := loop 1 3 }}{{ if eq $i 2 }}{{ break }}{{ end }}{{ end }}',
  'no template at all: { } }} ${NOMAD_PORT_http}',
];

for (const text of sound) {
  test(`${JSON.stringify(text)} is a template of Nomad's`, (t) => {
    const { foreign, broken } = read(text);
    t.is(foreign, undefined);
    t.is(broken, undefined);
  });
}

/** Braces of Prometheus, Helm, Jinja, Vector, Grafana and Docker. */
const foreign = [
  '{{ $labels.instance }} is down',
  '{{ .Values.image }}',
  '{{ host }}',
  '{% for x in y %}{{ x | upper }}',
  '{{ $value | humanize }}',
  '${{ github.sha }}',
  '{{.Name}}',
  '{{ ansible_host | default("a") }}',
  '{{ $.Release }}',
];

for (const text of foreign) {
  test(`${text} is meant for another program`, (t) => {
    t.truthy(read(text).foreign);
  });
}

for (const text of [
  '{{ if env "A" }}',
  '{{ end }}',
  '{{ else }}',
  '{{ }}',
  '{{ env "A',
  '{{ env "A" ',
  '{{/* a',
]) {
  test(`${text} can't be read`, (t) => {
    t.truthy(read(text).broken);
  });
}

test('fields are those of the read around them, and of no other', (t) => {
  const text = `{{ with secret "a" }}{{ .Data.data.one }}{{ with .Data.data.two }}{{ .three }}{{ end }}
    {{ range secrets "b" }}{{ .four }}{{ end }}{{ index .Data.data "fi-ve" }}{{ else }}{{ (secret "c").Data.six }}{{ end }}`;
  const fields = Object.fromEntries(read(text).reads.map(({ argument, fields: found }) => [argument, found]));
  t.deepEqual(fields, {
    a: [
      ['Data', 'data', 'one'],
      ['Data', 'data', 'two'],
      ['Data', 'data', 'fi-ve'],
    ],
    b: [],
    c: [['Data', 'six']],
  });
});

test('other delimiters leave braces alone', (t) => {
  const { foreign: found, reads } = readTemplate('{{ host }} [[ env "A" ]]', ['[[', ']]']);
  t.is(found, undefined);
  t.deepEqual(
    reads.map(({ call, argument }) => [call, argument]),
    [['env', 'A']],
  );
});

test('a text without delimiters says nothing, whatever it is', (t) => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      t.deepEqual(read(text.replaceAll('{{', '{')), { reads: [] });
    }),
  );
});

test('no text makes it throw', (t) => {
  const part = fc.constantFrom(
    '{{',
    '}}',
    '{{-',
    '-}}',
    '"',
    '`',
    "'",
    '/*',
    '*/',
    '$a',
    '.B',
    ' if ',
    ' end ',
    '(',
    ')',
    ' ',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), (parts) => {
      t.notThrows(() => read(parts.join('')));
    }),
    { numRuns: 500 },
  );
});

test('a text in quotes holds delimiters, and a signed number is one word', (t) => {
  const { actions } = scanTemplate('{{ env "}}" -1 }}', ['{{', '}}']);
  t.deepEqual(
    actions.map((action) => action.map(({ text }) => text)),
    [['env', '}}', '-1']],
  );
});

test('hundreds of kilobytes of openings are read in less than three seconds', (t) => {
  const started = performance.now();
  read('{{ if "'.repeat(30_000));
  read('{{ env "A" }}'.repeat(20_000));
  read(`{{ ${'('.repeat(200_000)}`);
  t.true(performance.now() - started < 3000);
});
