job "web-by-hand" {
  namespace = "shop"
  group "web" {
    network {
      port "http" {
        to = 8080
      }
    }
    service {
      name = "web-by-hand"
      port = "http"
      tags = ["traefik.enable=true", "traefik.http.routers.shop-by-hand.rule=Host(`by-hand.acme.example`)"]
      check {
        type     = "http"
        path     = "/healthz"
        interval = "10s"
        timeout  = "2s"
      }
    }
    task "web" {
      driver = "docker"
      config {
        image = "registry.acme.example/shop/web:2.14.1"
        ports = ["http"]
      }
    }
  }
}
