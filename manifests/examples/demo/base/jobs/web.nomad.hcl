variable "nodeCommand" {
  type = string
}

job "web" {
  namespace   = "shop"
  type        = "service"
  datacenters = ["*"]

  spread {
    attribute = "${node.unique.name}"
    weight    = 100
  }

  group "web" {
    count = 2

    constraint {
      distinct_hosts = true
    }

    network {
      port "http" {}
    }

    service {
      name     = "web"
      provider = "nomad"
      port     = "http"

      check {
        type     = "http"
        path     = "/healthz"
        interval = "2s"
        timeout  = "1s"
      }
    }

    restart {
      attempts = 5
      interval = "1m"
      delay    = "2s"
      mode     = "delay"
    }

    update {
      max_parallel      = 1
      min_healthy_time  = "2s"
      healthy_deadline  = "45s"
      progress_deadline = "90s"
      auto_revert       = true
    }

    task "web" {
      driver       = "raw_exec"
      kill_timeout = "3s"

      config {
        command = var.nodeCommand
        args    = ["${meta.root}/srv/www/app.mjs"]
      }

      vault {}

      template {
        data        = <<-T
          DB_PASSWORD={{ with secret "kv/data/shop/db" }}{{ .Data.data.password }}{{ end }}
        T
        destination = "secrets/env"
        env         = true
        change_mode = "restart"
      }

      env {
        VERSION     = "1.0.0"
        GREETING    = "hello from drover"
        SERVER_NAME = "${node.unique.name}"
      }

      resources {
        cpu    = 20
        memory = 32
      }
    }
  }
}
