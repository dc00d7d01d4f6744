variable "image" { type = string }
variable "memory" { type = number }

job "postgres" {
  namespace   = "shop"
  type        = "service"
  datacenters = ["*"]
  priority    = 80

  group "db" {
    count = 1
    volume "data" {
      type   = "host"
      source = "pg-main"
    }
    network {
      port "pg" { static = 5432 }
    }
    service {
      name = "postgres"
      port = "pg"
      check {
        type     = "tcp"
        interval = "10s"
        timeout  = "2s"
      }
    }
    update {
      max_parallel     = 1
      health_check     = "checks"
      healthy_deadline = "5m"
      auto_revert      = false
    }
    task "postgres" {
      driver       = "docker"
      kill_signal  = "SIGINT"
      kill_timeout = "60s"
      config {
        image        = var.image
        network_mode = "host"
      }
      volume_mount {
        volume      = "data"
        destination = "/var/lib/postgresql/data"
      }
      vault {}
      template {
        data        = <<-T
          POSTGRES_PASSWORD={{ with secret "kv/data/shop/db" }}{{ .Data.data.password }}{{ end }}
        T
        destination = "secrets/env"
        env         = true
        change_mode = "noop"
      }
      resources {
        cpu    = 2000
        memory = var.memory
      }
    }
  }
}
