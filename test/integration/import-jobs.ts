/** A job as somebody registered it. */
export interface RunningJob {
  readonly id: string;
  readonly namespace?: string;
  readonly hcl: string;
  /** `-var` on the command line. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Text of a variable file. */
  readonly variables?: string;
  /** Registered over the API without its source. */
  readonly plain?: true;
}

const sleep = `driver = "raw_exec"
      config {
        command = "/bin/sleep"
        args    = ["1000"]
      }`;

/** A job around a group's body; `head` stands in the job itself. */
function job(id: string, head: string, group: string, task = ''): string {
  return `# ${id}: kept as its author wrote it
job "${id}" {
${indent(head, 2)}
  group "main" {
    count = 0
${indent(group, 4)}
    task "main" {
      ${sleep}
${indent(task, 6)}
    }
  }
}
`;
}

function indent(text: string, by: number): string {
  const space = ' '.repeat(by);
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `${space}${line}`))
    .join('\n');
}

/** The shape of every type and most blocks of Nomad's job specification, as people write them. */
export const runningJobs: readonly RunningJob[] = [
  { id: 'plain', hcl: job('plain', '', '') },
  {
    id: 'placed',
    hcl: job(
      'placed',
      `priority    = 70
datacenters = ["dc1", "dc2"]
constraint {
  attribute = "\${attr.kernel.name}"
  value     = "linux"
}
constraint {
  operator = "distinct_hosts"
  value    = "true"
}
affinity {
  attribute = "\${node.class}"
  value     = "fast"
  weight    = 40
}
spread {
  attribute = "\${node.datacenter}"
  weight    = 60
  target "dc1" { percent = 70 }
  target "dc2" { percent = 30 }
}`,
      `spread { attribute = "\${node.class}" }`,
    ),
  },
  {
    id: 'updated',
    hcl: job(
      'updated',
      `update {
  max_parallel     = 2
  canary           = 1
  auto_promote     = true
  auto_revert      = true
  min_healthy_time = "15s"
  healthy_deadline = "4m"
  progress_deadline = "9m"
  stagger          = "20s"
}`,
      `migrate {
  max_parallel     = 2
  health_check     = "task_states"
  min_healthy_time = "5s"
}
reschedule {
  delay          = "45s"
  delay_function = "fibonacci"
  max_delay      = "20m"
  unlimited      = true
}
restart {
  attempts = 4
  interval = "10m"
  delay    = "20s"
  mode     = "delay"
}`,
    ),
  },
  {
    id: 'served',
    hcl: job(
      'served',
      '',
      `network {
  port "http" { to = 8080 }
  port "admin" { static = 8099 }
}
service {
  name     = "served"
  port     = "http"
  provider = "nomad"
  tags     = ["blue", "web"]
  meta { team = "shop" }
  check {
    type     = "http"
    path     = "/health"
    interval = "10s"
    timeout  = "2s"
    check_restart {
      limit = 3
      grace = "30s"
    }
  }
}`,
    ),
  },
  {
    id: 'consul-served',
    hcl: job(
      'consul-served',
      '',
      `network {
  port "http" {}
}
service {
  name        = "consul-served"
  port        = "http"
  canary_tags = ["canary"]
  check {
    name     = "alive"
    type     = "tcp"
    interval = "5s"
    timeout  = "1s"
  }
  check {
    name     = "ready"
    type     = "http"
    path     = "/ready"
    interval = "10s"
    timeout  = "1s"
    header {
      X-Probe = ["drover"]
    }
  }
}`,
    ),
  },
  {
    id: 'meshed',
    hcl: job(
      'meshed',
      '',
      `network {
  mode = "bridge"
  port "api" { to = 9001 }
}
service {
  name = "meshed"
  port = "9001"
  connect {
    sidecar_service {
      proxy {
        upstreams {
          destination_name = "postgres"
          local_bind_port  = 5432
        }
      }
    }
  }
}`,
    ),
  },
  {
    id: 'templated',
    hcl: job(
      'templated',
      '',
      '',
      `template {
  destination = "local/app.conf"
  change_mode = "signal"
  change_signal = "SIGHUP"
  data        = <<-EOT
    listen {{ env "NOMAD_PORT_http" }}
    {{- range service "postgres" }}
    upstream {{ .Address }}:{{ .Port }}
    {{- end }}
    literal $\${HOME} stays
  EOT
}
template {
  destination = "secrets/run.sh"
  perms       = "750"
  data        = "#!/bin/sh\\nexec true\\n"
  wait {
    min = "2s"
    max = "8s"
  }
}`,
    ),
  },
  {
    id: 'vaulted',
    hcl: job(
      'vaulted',
      '',
      '',
      `vault {
  role        = "shop"
  change_mode = "noop"
}
identity {
  env  = true
  file = true
}
identity {
  name = "extra"
  aud  = ["example.org"]
  ttl  = "1h"
}`,
    ),
  },
  {
    id: 'configured',
    hcl: job(
      'configured',
      `meta = {
  owner        = "shop"
  "dotted.key" = "x"
}`,
      `meta { tier = "web" }
shutdown_delay = "4s"`,
      `env {
  LOG_LEVEL = "info"
  EMPTY     = ""
  ADDRESS   = "\${NOMAD_IP_http}"
}
meta { part = "api" }
user         = "nobody"
kill_signal  = "SIGINT"
kill_timeout = "25s"
leader       = true
logs {
  max_files     = 3
  max_file_size = 15
}
resources {
  cpu        = 50
  memory     = 64
  memory_max = 128
}`,
    ),
  },
  {
    id: 'cored',
    hcl: job(
      'cored',
      '',
      'ephemeral_disk {\n  size = 150\n  sticky = true\n}',
      `resources {
  cores  = 1
  memory = 64
}`,
    ),
  },
  {
    id: 'stored',
    hcl: job(
      'stored',
      '',
      `volume "data" {
  type      = "host"
  source    = "data"
  read_only = false
}`,
      `volume_mount {
  volume      = "data"
  destination = "/data"
}
artifact {
  source      = "https://example.com/app.tgz"
  destination = "local/app"
  options { checksum = "md5:d2267250309a62b032b2b43312c81fec" }
}`,
    ),
  },
  {
    id: 'staged',
    hcl: `job "staged" {
  group "main" {
    count = 0
    task "prepare" {
      ${sleep}
      lifecycle { hook = "prestart" }
    }
    task "proxy" {
      ${sleep}
      lifecycle {
        hook    = "prestart"
        sidecar = true
      }
    }
    task "main" {
      ${sleep}
      action "ping" {
        command = "/bin/true"
        args    = ["now"]
      }
    }
    task "clean" {
      ${sleep}
      lifecycle { hook = "poststop" }
    }
  }
}
`,
  },
  {
    id: 'scaled',
    hcl: job(
      'scaled',
      '',
      `scaling {
  enabled = true
  min     = 0
  max     = 5
  policy {
    cooldown = "1m"
    check "load" {
      source = "prometheus"
      query  = "avg(load)"
      strategy "target-value" { target = 70 }
    }
  }
}`,
    ),
  },
  {
    id: 'grouped',
    hcl: `job "grouped" {
  ui {
    description = "Two groups, **described**"
    link {
      label = "runbook"
      url   = "https://example.org/runbook"
    }
  }
  group "web" {
    count = 0
    disconnect {
      lost_after = "6h"
      replace    = false
    }
    task "web" {
      ${sleep}
    }
  }
  group "worker" {
    count = 0
    task "worker" {
      ${sleep}
      restart { attempts = 1 }
    }
  }
}
`,
  },
  {
    id: 'typed',
    hcl: `variable "image" { type = string }
variable "replicas" {
  type    = number
  default = 1
}
variable "labels" {
  type    = map(string)
  default = {}
}
variable "ports" {
  type = list(object({ name = string, to = number }))
}
variable "debug" {
  type    = bool
  default = false
}

locals {
  name  = "typed-\${var.image}"
  hosts = [for index in range(3) : format("h-%02d", index)]
}

job "typed" {
  meta = merge(var.labels, { image = var.image, hosts = join(",", local.hosts) })
  group "main" {
    count = var.replicas
    network {
      dynamic "port" {
        for_each = var.ports
        labels   = [port.value.name]
        content {
          to = port.value.to
        }
      }
    }
    task "main" {
      driver = "raw_exec"
      config {
        command = "/bin/sleep"
        args    = [upper(local.name), var.debug ? "debug" : "plain"]
      }
    }
  }
}
`,
    flags: { image: 'shop/web:1.2', replicas: '0', debug: 'true' },
    variables:
      'labels = { team = "shop", "x.y" = "$${z}" }\nports = [{ name = "http", to = 80 }, { name = "adm", to = 81 }]\n',
  },
  {
    id: 'listed',
    hcl: `variable "datacenters" { type = list(string) }

job "listed" {
  datacenters = var.datacenters
  group "main" {
    count = 0
    task "main" {
      ${sleep}
    }
  }
}
`,
    flags: { datacenters: '["dc1", "dc9"]' },
  },
  {
    id: 'systemwide',
    hcl: `job "systemwide" {
  type = "system"
  update { max_parallel = 3 }
  constraint {
    attribute = "\${node.class}"
    value     = "none"
  }
  group "main" {
    task "main" {
      ${sleep}
    }
  }
}
`,
  },
  {
    id: 'everywhere-once',
    hcl: `job "everywhere-once" {
  type = "sysbatch"
  constraint {
    attribute = "\${node.class}"
    value     = "none"
  }
  group "main" {
    task "main" {
      driver = "raw_exec"
      config { command = "/bin/true" }
    }
  }
}
`,
  },
  {
    id: 'once',
    hcl: job(
      'once',
      'type = "batch"',
      'reschedule {\n  attempts = 2\n  interval = "1h"\n  unlimited = false\n}',
    ),
  },
  {
    id: 'nightly',
    hcl: `job "nightly" {
  type = "batch"
  periodic {
    crons            = ["15 2 * * *", "15 14 * * *"]
    prohibit_overlap = true
    time_zone        = "Europe/Berlin"
  }
  group "main" {
    task "main" {
      driver = "raw_exec"
      config { command = "/bin/true" }
    }
  }
}
`,
  },
  {
    id: 'on-demand',
    hcl: `job "on-demand" {
  type = "batch"
  parameterized {
    payload       = "required"
    meta_required = ["order"]
    meta_optional = ["trace"]
  }
  group "main" {
    task "main" {
      driver = "raw_exec"
      config {
        command = "/bin/cat"
        args    = ["local/in.json"]
      }
      dispatch_payload { file = "in.json" }
    }
  }
}
`,
  },
  { id: 'web', namespace: 'shop', hcl: job('web', 'namespace = "shop"', '') },
  // Its namespace came on the command line.
  { id: 'api', namespace: 'shop', hcl: job('api', '', '') },
  { id: 'pooled', namespace: 'shop', hcl: job('pooled', 'namespace = "shop"\nnode_pool = "gpu"', '') },
  { id: 'My_Job.v2', hcl: job('My_Job.v2', '', '') },
  { id: 'team/api', hcl: job('team/api', 'name = "api of the team"', '') },
  {
    id: 'impure',
    hcl: job('impure', `meta { id = uuidv4() }`, ''),
  },
  { id: 'from-api', plain: true, hcl: job('from-api', 'priority = 55', 'restart { attempts = 7 }') },
  {
    id: 'from-api-meshed',
    plain: true,
    hcl: job(
      'from-api-meshed',
      '',
      `network { mode = "bridge" }
service {
  name = "from-api-meshed"
  port = "9002"
  connect {
    sidecar_service {}
  }
}`,
      `vault { role = "shop" }
env { BRACES = "$\${{ stay }}" }
template {
  destination = "local/x"
  data        = "{{ env \\"A\\" }}"
}`,
    ),
  },
  {
    id: 'from-api-nightly',
    plain: true,
    namespace: 'shop',
    hcl: `job "from-api-nightly" {
  namespace = "shop"
  type = "batch"
  periodic { cron = "@daily" }
  group "main" {
    task "main" {
      driver = "raw_exec"
      config { command = "/bin/true" }
    }
  }
}
`,
  },
];
