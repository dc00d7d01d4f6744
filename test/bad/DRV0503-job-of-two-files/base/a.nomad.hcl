job "web" {
  namespace = "shop"
}
