# The second one.

job "web" {
  namespace = "shop"
}
