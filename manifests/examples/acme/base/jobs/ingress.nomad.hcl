variable "ingress_count" { type = number }

job "ingress" {
  namespace   = "platform"
  type        = "service"
  datacenters = ["*"]

  group "traefik" {
    count = var.ingress_count
    constraint {
      distinct_hosts = true
    }
    network {
      port "http" { static = 80 }
      port "https" { static = 443 }
    }
    service {
      name = "ingress"
      port = "https"
      check {
        type     = "tcp"
        interval = "10s"
        timeout  = "2s"
      }
    }
    update {
      max_parallel     = 1
      min_healthy_time = "15s"
      healthy_deadline = "3m"
      auto_revert      = true
    }
    task "traefik" {
      driver = "docker"
      config {
        image        = "traefik:v3.5.3@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        network_mode = "host"
        args         = ["--providers.consulcatalog=true", "--entrypoints.web.address=:80", "--entrypoints.websecure.address=:443"]
      }
      resources {
        cpu    = 500
        memory = 256
      }
    }
  }
}
