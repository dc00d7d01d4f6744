variable "nodeCommand" {
  type = string
}

job "log-shipper" {
  namespace   = "shop"
  type        = "system"
  datacenters = ["*"]

  group "shipper" {
    network {
      port "http" {}
    }

    service {
      name     = "log-shipper"
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
      max_parallel      = 3
      min_healthy_time  = "2s"
      healthy_deadline  = "45s"
      progress_deadline = "90s"
    }

    task "shipper" {
      driver       = "raw_exec"
      kill_timeout = "3s"

      config {
        command = var.nodeCommand
        args    = ["${meta.root}/srv/www/app.mjs"]
      }

      env {
        VERSION     = "0.50.0"
        GREETING    = "shipping logs"
        SERVER_NAME = "${node.unique.name}"
      }

      resources {
        cpu    = 20
        memory = 32
      }
    }
  }
}
