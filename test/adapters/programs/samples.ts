import type { ConfigForm, ConfigToCheck } from '../../../controller/model/program-config.ts';
import type { ConfigSamples } from '../../contracts/config-checker.ts';

export function configOf(
  form: ConfigForm,
  entries: readonly string[],
  files: Readonly<Record<string, string>>,
): ConfigToCheck {
  const bytes = Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  return { form, entries, files: new Map(bytes) };
}

const consul = '/etc/consul.d';
const nomad = '/etc/nomad.d';
const rules = '/etc/prometheus/rules/site.yml';
const prometheus = '/etc/prometheus/prometheus.yml';
const scrape = 'rule_files: [/etc/prometheus/rules/*.yml]\nscrape_configs:\n  - job_name: node\n';
const rule = (expr: string) =>
  `groups:\n  - name: site\n    rules:\n      - alert: Down\n        expr: ${expr}\n`;

const jobJson = (task: object) =>
  JSON.stringify({
    Job: { ID: 'web', Type: 'service', TaskGroups: [{ Name: 'web', Tasks: [{ Name: 'app', ...task }] }] },
  });

/** An alert that fires after five minutes, and the time at which its test expects it. */
const alertTest = (at: string) =>
  configOf('prometheus-tests', ['/rule.test.yml'], {
    '/rule.yml': `${rule('up == 0')}        for: 5m\n        labels: {severity: page}\n`,
    '/rule.test.yml': `rule_files: [rule.yml]
evaluation_interval: 1m
tests:
  - name: fires
    interval: 1m
    input_series: [{series: 'up{job="a"}', values: "0x10"}]
    alert_rule_test:
      - {eval_time: ${at}, alertname: Down, exp_alerts: [{exp_labels: {severity: page, job: a}}]}
`,
  });

export const samples = {
  consul: {
    good: configOf('consul', [consul], {
      [`${consul}/consul.json`]: '{"datacenter": "fsn1", "data_dir": "/opt/consul", "server": true}',
      [`${consul}/limits.hcl`]: 'limits {\n  http_max_conns_per_client = 400\n}\n',
    }),
    bad: configOf('consul', [consul], {
      [`${consul}/consul.json`]: '{"datacenter": "fsn1", "data_dir": "/opt/consul"}',
      [`${consul}/limits.json`]: '{"limits": {"http_max_conns": 400}, "servre": true}',
    }),
    badPath: `${consul}/limits.json`,
    words: /invalid config key (limits\.http_max_conns|servre)/,
  },
  nomad: {
    good: configOf('nomad', [nomad], {
      [`${nomad}/nomad.json`]: '{"data_dir": "/opt/nomad", "client": {"enabled": true}}',
      [`${nomad}/server.hcl`]: 'server {\n  enabled = true\n}\n',
    }),
    bad: configOf('nomad', [nomad], {
      [`${nomad}/a.json`]: '{"data_dir": "/opt/nomad", "client": {"enabled": true}}',
      [`${nomad}/server.hcl`]: 'server {\n  enabled = tru e\n}\n',
    }),
    badPath: `${nomad}/server.hcl`,
    badLine: 2,
    words: /unknown token/i,
  },
  prometheus: {
    good: configOf('prometheus', [prometheus], { [prometheus]: scrape, [rules]: rule('up == 0') }),
    bad: configOf('prometheus', [prometheus], {
      [prometheus]: 'scrape_configs:\n  - job_name: node\n    static_config: []\n',
      [rules]: rule('up == 0'),
    }),
    badPath: prometheus,
    badLine: 3,
    words: /static_config not found/,
  },
  'prometheus-rules': {
    good: configOf('prometheus-rules', [rules], { [rules]: rule('sum(up) == 0') }),
    bad: configOf('prometheus-rules', [rules], { [rules]: rule('sum(up') }),
    badPath: rules,
    badLine: 5,
    words: /could not parse expression/,
  },
  nginx: {
    good: configOf('nginx', ['/etc/nginx/nginx.conf'], {
      '/etc/nginx/nginx.conf':
        'error_log /var/log/nginx/error.log;\nevents {}\nhttp {\n  include /etc/nginx/mime.types;\n  access_log off;\n  include /etc/nginx/conf.d/*.conf;\n}\n',
      '/etc/nginx/conf.d/a.conf': 'server {\n  listen 8080;\n  location / { return 204; }\n}\n',
      '/var/log/nginx/error.log': '',
    }),
    bad: configOf('nginx', ['/etc/nginx/nginx.conf'], {
      '/etc/nginx/nginx.conf': 'events {}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n',
      '/etc/nginx/conf.d/a.conf': 'server {\n  lisen 8080;\n}\n',
    }),
    badPath: '/etc/nginx/conf.d/a.conf',
    badLine: 2,
    words: /unknown directive "lisen"/,
  },
  'nomad-job': {
    good: configOf('nomad-job', ['/job.json'], { '/job.json': jobJson({ Driver: 'docker' }) }),
    bad: configOf('nomad-job', ['/job.json'], { '/job.json': jobJson({}) }),
    words: /^Task group web: Task app: Missing task driver$/,
  },
  'prometheus-tests': {
    good: alertTest('6m'),
    bad: alertTest('2m'),
    words: /^name: fires, alertname: Down, time: 2m, exp:\[.*severity="page".*got:\[\]$/,
  },
} satisfies Record<ConfigForm, ConfigSamples>;
