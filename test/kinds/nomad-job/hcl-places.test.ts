import test from 'ava';
import * as fc from 'fast-check';
import type { JobPlace } from '../../../controller/kinds/kind.ts';
import { createHclPlaces } from '../../../controller/kinds/nomad-job/hcl-places.ts';

const hcl = `
variable "job" { default = "group \\"db\\" {" }
/* group "db" { task "x" {} } */
job "shop" { // job "other" {
  type = "service"
  constraint {
    attribute = "\${attr.kernel.name}"
    value     = "linux"
  }
  update { max_parallel = 2 }
  group "web" {
    count = var.count
    network {
      port "http" { to = 80 }
    }
    task "x" {
      driver = "docker"
      config {
        image = "a"
        args  = [
          "}", # }
          "\${join(",", [for k in ["}"] : "\${k}"])}",
        ]
      }
      resources { memory = 64 }
    }
  }
  group "db" {
    count = 2 # of them
    network {
      mode = "host"
      port "pg" {
        static = 5432
      }
    }
    service {
      name = "pg"
      port = "pg"
      check {
        type     = "tcp"
        interval = "10s"
      }
    }
    task "x" {
      driver = "raw_exec"
      template {
        data        = <<-EOT
          group "db" { task "x" { resources { memory = 1 } } }
          {{ if true }} } } } } {{ end }} \${ "}" }
        EOT
        destination = "local/a"
      }
      template {
        data        = "b"
        destination = "local/b"
      }
      env = {
        PORT = "5432"
      }
      resources {
        cpu    = 500
        memory = 256
      }
    }
    dynamic "volume" {
      for_each = ["a"]
      content { source = "data" }
    }
  }
}
`;

function placeOf(place: JobPlace, text = hcl): string | undefined {
  const range = createHclPlaces(text).locate(place);
  if (range === undefined) return undefined;
  const line = text.slice(0, range.start).split('\n').length;
  return `${line}: ${text.slice(range.start, range.end)}`;
}

const cases: readonly [string, JobPlace, string][] = [
  ['the job', {}, '4: job "shop"'],
  ['a job’s attribute', { attribute: 'type' }, '5: "service"'],
  ['a group', { group: 'db' }, '28: group "db"'],
  ['a group’s attribute', { group: 'db', attribute: 'count' }, '29: 2'],
  ['an attribute that is a variable', { group: 'web', attribute: 'count' }, '12: var.count'],
  [
    'a task of the right group',
    { group: 'db', task: 'x', block: 'resources', attribute: 'memory' },
    '62: 256',
  ],
  ['a block on one line', { group: 'web', task: 'x', block: 'resources', attribute: 'memory' }, '25: 64'],
  ['a list over several lines', { group: 'web', task: 'x', block: 'config', attribute: 'image' }, '19: "a"'],
  ['a port', { group: 'db', block: 'port', label: 'pg', attribute: 'static' }, '33: 5432'],
  ['a port by its network', { group: 'db', block: 'network', label: 'pg', attribute: 'static' }, '33: 5432'],
  ['a service by its name', { group: 'db', block: 'service', label: 'pg', attribute: 'port' }, '38: "pg"'],
  ['a check', { group: 'db', block: 'check', attribute: 'interval' }, '41: "10s"'],
  [
    'a template by number',
    { group: 'db', task: 'x', block: 'template', label: 1, attribute: 'data' },
    '54: "b"',
  ],
  [
    'a template by its destination',
    { group: 'db', task: 'x', block: 'template', label: 'local/b', attribute: 'data' },
    '54: "b"',
  ],
  ['an update block that the job has', { group: 'db', block: 'update', attribute: 'max_parallel' }, '10: 2'],
  ['a constraint of the job', { block: 'constraint', label: 0, attribute: 'value' }, '8: "linux"'],
  [
    'a block that is generated',
    { group: 'db', block: 'volume', label: 'a', attribute: 'source' },
    '67: "data"',
  ],
  ['what is missing, at its parent', { group: 'web', block: 'volume', label: 'data' }, '11: group "web"'],
  ['a task that is missing, at its group', { group: 'db', task: 'y', block: 'resources' }, '28: group "db"'],
  ['a group that is missing, at its job', { group: 'x', block: 'resources' }, '4: job "shop"'],
];

for (const [what, place, expected] of cases) {
  test(`finds ${what}`, (t) => t.is(placeOf(place), expected));
}

test('a map in an attribute is found as a whole', (t) => {
  t.regex(
    placeOf({ group: 'db', task: 'x', block: 'env', attribute: 'PORT' }) ?? '',
    /^57: \{[^]*"5432"\s*\}$/,
  );
});

test('a task in the job itself is a group of its own name', (t) => {
  const text = 'job "a" {\n  task "t" {\n    resources {\n      memory = 5\n    }\n  }\n}\n';
  t.is(placeOf({ group: 't', task: 't', block: 'resources', attribute: 'memory' }, text), '4: 5');
});

test('windows line ends, a byte order mark and a heredoc without a line do not mislead', (t) => {
  const text = '\uFEFFjob "a" {\r\n  x = <<E\r\nE\r\n  type = "batch"\r\n}\r\n';
  t.is(placeOf({ attribute: 'type' }, text), '4: "batch"');
});

test('a text without a job has no place', (t) => {
  t.is(placeOf({}, 'group "a" {}'), undefined);
});

test('any text is read, and every place lies inside it', (t) => {
  const word = fc.constantFrom(
    'job',
    'group',
    '"a"',
    '{',
    '}',
    '=',
    '"',
    '<<E\n',
    'E\n',
    '${',
    '/*',
    '#',
    '\n',
    'x',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = `job "a" { ${words.join(' ')}`;
      const range = createHclPlaces(text).locate({ group: 'a', attribute: 'x' });
      t.true(range !== undefined && range.start >= 0 && range.start <= range.end && range.end <= text.length);
    }),
  );
});

test('a long text of openings takes linear time', (t) => {
  for (const opening of ['{', '"${', '/*', '<<E\n', 'a ', 'a "', '[', 'a = "']) {
    const began = performance.now();
    createHclPlaces(`job "a" {${opening.repeat(100_000)}`).locate({ group: 'x' });
    t.true(performance.now() - began < 2000, opening);
  }
});
