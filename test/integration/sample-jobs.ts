/** Jobs that together use most of what a job may say, as people write them. */
export const sampleJobs: Readonly<Record<string, string>> = {
  plain: `
job "plain" {
  group "g" {
    count = 0
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/sleep" }
    }
  }
}`,
  full: `
job "full" {
  type     = "service"
  priority = 60
  datacenters = ["dc1", "dc2"]
  meta { owner = "shop" }
  ui {
    description = "words"
    link {
      label = "l"
      url   = "https://example.com"
    }
  }
  constraint {
    attribute = "\${attr.kernel.name}"
    value     = "linux"
  }
  affinity {
    attribute = "\${node.class}"
    value     = "x"
    weight    = 30
  }
  spread { attribute = "\${node.datacenter}" }
  update {
    max_parallel = 2
    auto_revert  = true
  }
  reschedule {
    attempts  = 3
    interval  = "1h"
    unlimited = false
  }
  migrate { max_parallel = 2 }
  group "b" {
    count = 0
    spread {
      attribute = "\${node.class}"
      weight    = 70
      target "x" { percent = 60 }
      target "y" { percent = 40 }
    }
    update { canary = 1 }
    restart { attempts = 5 }
    disconnect { lost_after = "6h" }
    ephemeral_disk { size = 150 }
    shutdown_delay = "3s"
    meta { a = "" }
    network {
      mode = "host"
      port "http" {}
      port "adm" { static = 8099 }
    }
    service {
      provider = "nomad"
      name     = "full-http"
      port     = "http"
      tags     = ["b", "a"]
      check_restart { limit = 3 }
      check {
        type     = "http"
        path     = "/"
        interval = "5s"
        timeout  = "1s"
        header { X-A = ["1"] }
      }
      check {
        name     = "tcp"
        type     = "tcp"
        interval = "5s"
        timeout  = "1s"
        check_restart { grace = "9s" }
      }
    }
    task "main" {
      driver = "raw_exec"
      user   = "nobody"
      leader = true
      kill_signal  = "SIGINT"
      kill_timeout = "20s"
      config {
        command = "/bin/sleep"
        args    = ["1000", ""]
      }
      env {
        A = "1"
        EMPTY = ""
      }
      constraint {
        attribute = "\${attr.cpu.arch}"
        value     = "amd64"
      }
      restart { attempts = 1 }
      template {
        data        = "x {{ env \\"A\\" }}"
        destination = "local/x"
      }
      template {
        data          = "y"
        destination   = "local/y"
        change_mode   = "signal"
        change_signal = "sigusr1"
        perms         = "600"
        env           = false
        wait {
          min = "5s"
          max = "10s"
        }
      }
      template {
        data        = "z"
        destination = "local/z"
        change_mode = "script"
        change_script {
          command = "/bin/true"
        }
      }
      artifact { source = "https://example.com/a.tgz" }
      artifact {
        source = "https://example.com/b.txt"
        mode   = "file"
      }
      identity {
        name = "extra"
        aud  = ["example"]
        file = true
        ttl  = "1h"
      }
      logs { max_files = 3 }
      resources {
        cpu        = 50
        memory     = 32
        memory_max = 64
      }
    }
    task "side" {
      driver = "raw_exec"
      lifecycle {
        hook    = "prestart"
        sidecar = true
      }
      config { command = "/bin/sleep" }
      resources { cores = 1 }
      service {
        provider = "nomad"
        port     = "adm"
      }
    }
  }
  group "a" {
    count = 0
    scaling {
      enabled = true
      max     = 5
      policy { cooldown = "1m" }
    }
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/sleep" }
    }
  }
}`,
  vaulted: `
job "vaulted" {
  group "g" {
    count = 0
    volume "data" {
      type      = "host"
      source    = "data"
      read_only = true
    }
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/sleep" }
      vault { role = "app" }
      volume_mount {
        volume      = "data"
        destination = "/data"
      }
      identity {
        env  = true
        file = true
      }
      action "ping" {
        command = "/bin/true"
      }
    }
  }
}`,
  consul: `
job "consul" {
  group "g" {
    count = 0
    consul {}
    network {
      port "p" {}
    }
    service {
      port = "p"
    }
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/sleep" }
      consul {}
      template {
        data        = "{{ key \\"a\\" }}"
        destination = "local/a"
      }
    }
  }
}`,
  system: `
job "system" {
  type = "system"
  constraint {
    attribute = "\${node.class}"
    value     = "none"
  }
  group "g" {
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/sleep" }
    }
  }
}`,
  systemUpdate: `
job "systemUpdate" {
  type = "system"
  update { max_parallel = 3 }
  constraint {
    attribute = "\${node.class}"
    value     = "none"
  }
  group "g" {
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/sleep" }
    }
  }
}`,
  sysbatch: `
job "sysbatch" {
  type = "sysbatch"
  constraint {
    attribute = "\${node.class}"
    value     = "none"
  }
  group "g" {
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/true" }
    }
  }
}`,
  batch: `
job "batch" {
  type = "batch"
  group "g" {
    count = 0
    reschedule { attempts = 2 }
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/true" }
    }
  }
}`,
  periodic: `
job "periodic" {
  type = "batch"
  periodic {
    crons            = ["15 2 * * *"]
    prohibit_overlap = true
    time_zone        = "Europe/Berlin"
  }
  group "g" {
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/true" }
    }
  }
}`,
  parameterized: `
job "parameterized" {
  type = "batch"
  parameterized {
    meta_required = ["b", "a"]
  }
  group "g" {
    task "t" {
      driver = "raw_exec"
      config { command = "/bin/true" }
      dispatch_payload { file = "in.txt" }
    }
  }
}`,
};
