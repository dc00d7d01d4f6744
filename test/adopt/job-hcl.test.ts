import test from 'ava';
import { hclDuration, hclHeredoc, hclText, hclValue } from '../../controller/adopt/hcl-value.ts';
import { writeJobHcl } from '../../controller/adopt/job-hcl.ts';

test('attributes are aligned, blocks stand apart, an id of the same name is said once', (t) => {
  const job = {
    ID: 'web',
    Name: 'web',
    Type: 'service',
    Priority: 70,
    TaskGroups: [{ Name: 'g', Count: 0, Tasks: [{ Name: 't', Driver: 'exec', Vault: {} }] }],
  };
  t.is(
    writeJobHcl(job).hcl,
    `job "web" {
  type     = "service"
  priority = 70

  group "g" {
    count = 0

    task "t" {
      driver = "exec"

      vault {}
    }
  }
}
`,
  );
});

test('what HCL has no word for is told by its path', (t) => {
  const job = {
    ID: 'a',
    Multiregion: { Regions: [] },
    TaskGroups: [{ Name: 'g', Services: [{ Name: 's', Connect: { Gateway: { Mesh: {} } } }] }],
  };
  t.deepEqual(writeJobHcl(job).leftOut, ['Multiregion', 'TaskGroups.g.Services.Connect.Gateway']);
});

test('maps whose names are not bare are written as values', (t) => {
  const { hcl } = writeJobHcl({ ID: 'a', Meta: { 'a.b': 'c' } });
  t.regex(hcl, /meta = \{\n {4}"a\.b" = "c"\n {2}\}/);
});

test('what Nomad fills in stays, what HCL would take for a template is escaped', (t) => {
  t.is(hclText('${node.class} ${NOMAD_PORT_http}'), '"${node.class} ${NOMAD_PORT_http}"');
  t.is(hclText('${x} %{y} $${z}'), '"$${x} %%{y} $\\u0024{z}"');
});

test('a text of lines is a heredoc whose marker it does not hold', (t) => {
  t.is(hclHeredoc('a\nb\n'), '<<EOT\na\nb\nEOT');
  t.is(hclHeredoc('a\n  EOT\n'), '<<EOF\na\n  EOT\nEOF');
  t.is(hclHeredoc('a\nb'), undefined);
  t.is(hclHeredoc('a\r\nb\n'), undefined);
});

test('durations are as people write them', (t) => {
  t.is(hclDuration(90_000_000_000), '1m30s');
  t.is(hclDuration(0), '0s');
  t.is(hclDuration(1_500_000), '1ms500us');
});

test('a long list has a line for each', (t) => {
  t.is(hclValue(['a'.repeat(99), 'b'], ''), `[\n  "${'a'.repeat(99)}",\n  "b",\n]`);
});
