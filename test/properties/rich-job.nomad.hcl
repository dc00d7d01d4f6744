job "web" {
  namespace = "shop"
  type = "service"
  node_pool = "default"
  datacenters = ["*"]
  priority = 60
  meta { a = "b" }
  constraint {
    attribute = "${attr.kernel.name}"
    value = "linux"
  }
  constraint { distinct_hosts = true }
  affinity {
    attribute = "${node.datacenter}"
    value = "dc1"
    weight = 50
  }
  spread {
    attribute = "${node.datacenter}"
    weight = 10
    target "dc1" { percent = 70 }
  }
  update {
    max_parallel = 1
    canary = 1
    auto_promote = true
    min_healthy_time = "10s"
    healthy_deadline = "5m"
    progress_deadline = "10m"
    auto_revert = true
  }
  vault { role = "web" }
  group "web" {
    count = 2
    network {
      mode = "bridge"
      port "http" { to = 8080 }
      port "admin" { static = 9000 }
    }
    volume "data" {
      type = "host"
      source = "journal"
      read_only = true
      access_mode = "single-node-writer"
      attachment_mode = "file-system"
    }
    ephemeral_disk { size = 400 }
    restart {
      attempts = 2
      mode = "delay"
    }
    scaling {
      min = 1
      max = 4
      enabled = true
      policy {}
    }
    service {
      name = "web"
      port = "http"
      tags = ["urlprefix-/", "a"]
      connect {
        sidecar_service {
          proxy {
            upstreams {
              destination_name = "db"
              local_bind_port = 5432
            }
          }
        }
      }
      check {
        type = "http"
        path = "/healthz"
        interval = "10s"
        timeout = "2s"
        check_restart { limit = 3 }
      }
    }
    task "web" {
      driver = "docker"
      config {
        image = "example/web:1.2@sha256:00bc86618629af00d2937fdc5a5d63db3ff8450acf52f0636ec813c7f4902929"
        ports = ["http"]
        volumes = ["local/x:/etc/x"]
        mount {
          type = "bind"
          source = "local"
          target = "/x"
        }
        privileged = false
      }
      env { LOG = "info" }
      vault { policies = ["web"] }
      volume_mount {
        volume = "data"
        destination = "/data"
      }
      template {
        data = "{{ with secret \"kv/data/shop\" }}{{ .Data.data.password }}{{ end }}{{ key \"a/b\" }}"
        destination = "secrets/env"
        env = true
        change_mode = "signal"
        change_signal = "SIGHUP"
      }
      artifact {
        source = "https://example.org/a.tgz"
        options { checksum = "sha256:00bc86618629af00d2937fdc5a5d63db3ff8450acf52f0636ec813c7f4902929" }
      }
      resources {
        cpu = 500
        memory = 256
        memory_max = 512
        device "nvidia/gpu" {
          count = 1
          constraint {
            attribute = "${device.attr.memory}"
            operator = ">="
            value = "2 GiB"
          }
        }
      }
      kill_timeout = "30s"
      logs { max_files = 3 }
    }
    task "init" {
      driver = "exec"
      lifecycle { hook = "prestart" }
      config { command = "/bin/true" }
      resources { cores = 1 }
    }
  }
  group "other" {
    service {
      name = "plain"
      port = "8080"
      address_mode = "host"
    }
    task "x" {
      driver = "raw_exec"
      config { command = "/bin/sleep" }
    }
  }
}
