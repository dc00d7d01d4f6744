# The second one.

job "api" {
  namespace = "shop"
}
