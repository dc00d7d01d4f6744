variable "logs_url" { type = string }

job "log-shipper" {
  namespace   = "platform"
  type        = "system"
  datacenters = ["*"]

  group "vector" {
    volume "journal" {
      type      = "host"
      source    = "journal"
      read_only = true
    }
    restart {
      attempts = 5
      interval = "5m"
      delay    = "15s"
      mode     = "delay"
    }
    task "vector" {
      driver = "docker"
      config {
        image = "timberio/vector:0.50.0-distroless-static@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        args  = ["--config", "/local/vector.yaml"]
      }
      volume_mount {
        volume      = "journal"
        destination = "/var/log/journal"
        read_only   = true
      }
      template {
        data            = file("vector.yaml") # a file beside this one
        destination     = "local/vector.yaml"
        left_delimiter  = "[[" # vector's own {{ }} must survive
        right_delimiter = "]]"
      }
      env {
        LOGS_URL = var.logs_url
      }
      resources {
        cpu    = 100
        memory = 128
      }
    }
  }
}
