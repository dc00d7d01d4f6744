import type { RunningJob } from './import-jobs.ts';

const command = 'driver = "raw_exec"\n      config { command = "/bin/sleep" }';

/** A job with a name that is none of a definition. */
function named(id: string): RunningJob {
  const text = JSON.stringify(id);
  const hcl = `job ${text} {\n  group "g" {\n    count = 0\n    task "t" {\n      ${command}\n    }\n  }\n}\n`;
  return { id, plain: true, hcl };
}

/** Blocks that Nomad itself completes when a job is registered, in the words of its documentation; and names that it takes. */
export const oddJobs: readonly RunningJob[] = [
  {
    id: 'sidecar-full',
    hcl: `job "sidecar-full" {
  group "api" {
    count = 0
    network {
      mode = "bridge"
      port "expose" {}
    }
    service {
      name = "sidecar-full"
      port = "9001"
      check {
        name     = "api-health"
        type     = "http"
        path     = "/health"
        expose   = true
        interval = "10s"
        timeout  = "2s"
      }
      connect {
        sidecar_service {
          tags = ["proxy", "envoy"]
          port = "20000"
          disable_default_tcp_check = true
          meta { side = "car" }
          proxy {
            local_service_port    = 9001
            local_service_address = "127.0.0.1"
            expose {
              path {
                path            = "/metrics"
                protocol        = "http"
                local_path_port = 9001
                listener_port   = "expose"
              }
            }
            upstreams {
              destination_name   = "redis"
              local_bind_port    = 6379
              datacenter         = "dc2"
              local_bind_address = "127.0.0.2"
              mesh_gateway { mode = "local" }
              config {
                connect_timeout_ms = 2000
                protocol = "tcp"
              }
            }
            upstreams {
              destination_name = "postgres"
              destination_type = "service"
              local_bind_socket_path = "/tmp/pg.sock"
              local_bind_socket_mode = "0600"
            }
            config {
              envoy_prometheus_bind_addr = "0.0.0.0:9102"
              local_connect_timeout_ms = 5000
            }
          }
        }
        sidecar_task {
          name   = "envoy"
          driver = "raw_exec"
          user   = "nobody"
          config { command = "/bin/envoy" }
          env { LEVEL = "debug" }
          resources {
            cpu    = 151
            memory = 129
          }
          logs {
            max_files     = 2
            max_file_size = 3
          }
          meta { part = "side" }
          kill_timeout   = "7s"
          shutdown_delay = "8s"
          kill_signal    = "SIGINT"
        }
      }
    }
    task "api" {
      ${command}
    }
  }
}
`,
  },
  {
    id: 'expose-port',
    hcl: `job "expose-port" {
  group "api" {
    count = 0
    network {
      mode = "bridge"
      port "hc" {}
    }
    service {
      name = "expose-port"
      port = "9001"
      check {
        type     = "http"
        path     = "/health"
        expose   = true
        port     = "hc"
        interval = "10s"
        timeout  = "2s"
      }
      check {
        name     = "grpc"
        type     = "grpc"
        expose   = true
        interval = "10s"
        timeout  = "2s"
      }
      connect {
        sidecar_service {}
        sidecar_task {
          resources { memory = 65 }
        }
      }
    }
    task "api" {
      ${command}
    }
  }
}
`,
  },
  {
    id: 'gw-mesh',
    hcl: `job "gw-mesh" {
  datacenters = ["dc1"]
  group "gw" {
    count = 0
    network {
      mode = "bridge"
      port "mesh_wan" {}
    }
    service {
      name = "mesh-gateway"
      port = "mesh_wan"
      connect {
        gateway {
          mesh {}
          proxy {}
        }
      }
    }
  }
}
`,
  },
  {
    id: 'native-one',
    hcl: `job "native-one" {
  group "g" {
    count = 0
    network {
      port "http" {}
    }
    service {
      name = "native-one"
      port = "http"
      connect { native = true }
    }
    task "only" {
      ${command}
    }
  }
}
`,
  },
  {
    id: 'svc-id',
    hcl: `job "svc-id" {
  group "g" {
    count = 0
    network {
      port "http" {}
    }
    task "t" {
      ${command}
      service {
        name = "\${TASK}-\${NOMAD_META_x}"
        port = "http"
        identity {
          aud = ["consul.io"]
          ttl = "1h"
        }
        tags = ["\${JOB}", "\${BASE}"]
      }
    }
    service {
      name = "\${BASE}"
      port = "http"
      task = "t"
    }
  }
}
`,
  },
  {
    id: 'devices',
    hcl: `job "devices" {
  type = "batch"
  group "g" {
    count = 0
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/true" }
      resources {
        cores  = 2
        memory = 100
        memory_max = 200
        secrets = 2
        numa {
          affinity = "none"
        }
        device "nvidia/gpu/1080ti" {
          count = 2
          constraint {
            attribute = "\${device.attr.memory}"
            operator  = ">="
            value     = "2 GiB"
          }
          affinity {
            attribute = "\${device.attr.memory}"
            operator  = ">="
            value     = "4 GiB"
            weight    = 75
          }
        }
        device "fpga" {}
      }
    }
  }
}
`,
  },
  {
    id: 'secrets',
    hcl: `job "secrets" {
  group "g" {
    count = 0
    task "t" {
      driver = "raw_exec"
      config {
        command = "/bin/echo"
        args = ["\${secret.nv.user}"]
      }
      secret "nv" {
        provider = "nomad"
        path     = "nomad/jobs/secrets"
        config { namespace = "default" }
      }
      secret "vt" {
        provider = "vault"
        path     = "kv/data/app"
        config { engine = "kv_v2" }
      }
      vault {}
    }
  }
}
`,
  },
  {
    id: 'checks',
    hcl: `job "checks" {
  group "g" {
    count = 0
    network {
      port "http" {}
      port "grpc" {}
      port "lb" { to = -1 }
    }
    service {
      name = "checks-consul"
      port = "http"
      on_update = "ignore_warnings"
      check_restart {
        limit = 5
        grace = "45s"
        ignore_warnings = true
      }
      check {
        name     = "post"
        type     = "http"
        protocol = "https"
        tls_skip_verify = true
        tls_server_name = "x.example.org"
        method   = "POST"
        body     = "{\\"a\\": 1}"
        path     = "/v1/\${NOMAD_ALLOC_ID}"
        port     = "lb"
        address_mode = "host"
        interval = "10s"
        timeout  = "2s"
        initial_status = "warning"
        success_before_passing = 3
        failures_before_critical = 4
        failures_before_warning = 2
        header {
          Authorization = ["Basic ZWxhc3RpYzpjaGFuZ2VtZQ=="]
          X-Two = ["a", "b"]
        }
      }
      check {
        type     = "grpc"
        port     = "grpc"
        interval = "5s"
        timeout  = "2s"
        grpc_service = "example.Service"
        grpc_use_tls = true
        tls_skip_verify = true
      }
      check {
        name    = "scripted"
        type    = "script"
        task    = "s"
        command = "/bin/true"
        args    = ["-a", "b"]
        interval = "60s"
        timeout  = "5s"
        check_restart {
          limit = 2
        }
      }
      check {
        type     = "tcp"
        interval = "10s"
        timeout  = "2s"
        notes    = "just a note"
      }
    }
    task "s" {
      ${command}
    }
  }
  group "n" {
    count = 0
    network {
      port "http" {}
      port "grpc" {}
    }
    service {
      name     = "checks-nomad"
      port     = "http"
      provider = "nomad"
      check {
        type     = "http"
        path     = "/"
        interval = "10s"
        timeout  = "2s"
        method   = "PUT"
        body     = "x"
        header { A = ["b"] }
        check_restart {
          limit = 1
          grace = "90s"
        }
      }
      check {
        type     = "tcp"
        interval = "15s"
        timeout  = "1s"
      }
    }
    task "n" {
      ${command}
      service {
        port = "http"
        provider = "nomad"
        tags = ["\${NOMAD_JOB_NAME}", "t"]
      }
      service {
        name = "\${JOB}-\${TASKGROUP}-\${TASK}-\${BASE}"
        provider = "nomad"
        port = "grpc"
        kind = "something"
      }
    }
  }
}
`,
  },
  {
    id: 'networks',
    hcl: `job "networks" {
  group "bridge" {
    count = 0
    network {
      mode     = "bridge"
      hostname = "my-host"
      dns {
        servers  = ["1.1.1.1", "8.8.8.8"]
        searches = ["internal.corp"]
        options  = ["ndots:2"]
      }
      port "http" {
        to           = 8080
        host_network = "public"
      }
      port "db" {
        static           = 5432
      }
    }
    task "t" {
      ${command}
    }
  }
  group "cni" {
    count = 0
    network {
      mode = "cni/mynet"
      cni {
        args = {
          "nomad.region" = "\${node.region}"
          plain          = "b"
        }
      }
    }
    task "t" {
      ${command}
    }
  }
  group "none" {
    count = 0
    network { mode = "none" }
    task "t" {
      ${command}
    }
  }
  group "mbits" {
    count = 0
    network {
      mbits = 20
      port "shared" {
        static = 6000
        ignore_collision = true
      }
      port "a-b" {}
      port "c_d" { to = 0 }
    }
    task "t" {
      ${command}
    }
  }
}
`,
  },
  {
    id: 'vault-full',
    hcl: `job "vault-full" {
  group "g" {
    count = 0
    vault {
      role = "group-role"
      env  = false
    }
    task "a" {
      ${command}
      vault {
        role = "r"
        env  = false
        disable_file = true
        change_mode   = "signal"
        change_signal = "SIGUSR1"
        allow_token_expiration = true
        cluster = "default"
      }
      identity {
        name          = "vault_default"
        aud           = ["vault.io"]
        ttl           = "2h"
        file          = true
        env           = true
        change_mode   = "signal"
        change_signal = "SIGHUP"
        filepath      = "local/tok.jwt"
      }
    }
    task "b" {
      ${command}
    }
    task "c" {
      ${command}
      vault {}
      identity {
        env = true
        file = true
        change_mode = "restart"
        filepath = "id.jwt"
      }
    }
  }
}
`,
  },
  {
    id: 'disconnects',
    hcl: `job "disconnects" {
  group "a" {
    count = 0
    disconnect {
      lost_after = "12h"
      replace    = true
      reconcile  = "keep_original"
    }
    task "t" {
      ${command}
    }
  }
  group "b" {
    count = 0
    disconnect {
      stop_on_client_after = "5m"
      replace = false
      reconcile = "longest_running"
    }
    task "t" {
      ${command}
    }
  }
  group "c" {
    count = 0
    prevent_reschedule_on_lost = true
    stop_after_client_disconnect = "3m"
    task "t" {
      ${command}
    }
  }
  group "d" {
    count = 0
    max_client_disconnect = "4h"
    task "t" {
      ${command}
    }
  }
}
`,
  },
  {
    id: 'drivers',
    hcl: `job "drivers" {
  group "g" {
    count = 0
    task "docker" {
      driver = "docker"
      config {
        image = "redis:7"
        auth {
          username = "u"
          server_address = "reg.example"
        }
        mount {
          type = "bind"
          target = "/a"
          source = "/b"
          readonly = false
          bind_options { propagation = "rshared" }
        }
        mount {
          type = "tmpfs"
          target = "/c"
          tmpfs_options { size = 100000 }
        }
        labels = {
          "traefik.enable" = "true"
          foo = "bar"
        }
        logging {
          type = "fluentd"
          config {
            fluentd-address = "localhost:24224"
            tag = "your_tag"
          }
        }
        ulimit {
          nproc = "4242"
          nofile = "2048:4096"
        }
        sysctl = { "net.core.somaxconn" = "16384" }
        volumes = ["a:/b", "c:/d"]
        command = ""
        args = []
        init = true
        readonly_rootfs = false
        pids_limit = 0
        shm_size = 64000000
        cap_add = ["net_admin"]
        extra_hosts = null
      }
    }
    task "java" {
      driver = "java"
      config {
        jar_path = "local/example.jar"
        jvm_options = ["-Xmx2048m", "-Xms256m"]
      }
      env = {
        A = 1
        B = true
        C = "x\\ty \\"q\\" \\\\ \\u00fc"
        D = 1.50
        E = "\${NOMAD_META_x}$\${literal}%%{pct}"
        "odd-name.x" = "1"
        LONG = <<-EOT
          two
            lines
        EOT
      }
    }
    task "qemu" {
      driver = "qemu"
      config {
        image_path = "local/linux.img"
        accelerator = "kvm"
        graceful_shutdown = true
        args = ["-nodefaults"]
      }
      kill_signal = "SIGTERM"
    }
  }
}
`,
  },
  {
    id: 'autoscaled',
    hcl: `job "autoscaled" {
  group "g" {
    scaling {
      enabled = true
      min     = 0
      max     = 10
      policy {
        cooldown            = "3m"
        evaluation_interval = "10s"
        on_check_error      = "ignore"
        check "active_connections" {
          source = "prometheus"
          query  = "scalar(sum(x{a=\\"b\\"}))"
          query_window = "5m"
          group = "g"
          strategy "target-value" {
            target = 10
            threshold = 0.1
          }
        }
        check "high-memory-usage" {
          source       = "nomad-apm"
          query        = "max_memory-allocated"
          strategy "threshold" {
            upper_bound = 100
            lower_bound = 70
            delta       = 1
          }
        }
      }
    }
    task "t" {
      driver = "raw_exec"
      config { 
        command = "/bin/sleep"
        args = ["100000"]
      }
    }
  }
}
`,
  },
  {
    id: 'rare-a',
    hcl: `job "rare-a" {
  group "g" {
    count = 0
    network {
      device = "lo"
      cidr = "10.0.0.0/8"
      ip = "10.0.0.9"
      port "x" {}
    }
    service {
      name = "rare-a"
      address = "10.1.1.1"
      address_mode = "auto"
      port = "x"
      tags = []
      canary_tags = []
      meta {}
      check {
        type = "tcp"
        interval = "1s"
        timeout = "1s"
        port = "x"
      }
    }
    task "t" {
      driver = "raw_exec"
      kind = "own-kind"
      config { command = "/bin/sleep" }
      logs {
        enabled = true
        max_files = 2
      }
      template {
        data = "x"
        destination = "local/x"
        vault_grace = "15s"
        gid = 0
        uid = 0
      }
      meta {}
      env {}
      identity {
        service_name = "x"
        aud = ["z"]
        name = "n"
      }
      service {
        name = "t1"
        task = "t"
        port = "x"
        check {
          type = "script"
          command = "/bin/true"
          interval = "1s"
          timeout = "1s"
        }
      }
    }
  }
}
`,
  },
  {
    id: 'task-checks',
    hcl: `job "task-checks" {
  group "g" {
    count = 0
    network {
      port "x" {}
    }
    service {
      name = "grp"
      task = "t"
      port = "x"
      check {
        name = "c1"
            type = "tcp"
        interval = "1s"
        timeout = "1s"
      }
      check {
        name = "c2"
            type = "script"
        command = "/bin/true"
        interval = "1s"
        timeout = "1s"
      }
    }
    task "t" {
      ${command}
      service {
        name = "t1"
        port = "x"
        check {
          name = "c3"
            type = "tcp"
          interval = "1s"
          timeout = "1s"
        }
        check {
          name = "c4"
            type = "http"
          path = "/"
          interval = "1s"
          timeout = "1s"
        }
      }
    }
  }
}
`,
  },
  named('..'),
  named('a//b?c#d%41'),
  named('Ünï"x'),
  named('UPPER'),
  named('upper'),
  named('constructor'),
];
