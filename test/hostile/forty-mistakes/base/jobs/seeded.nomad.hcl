job "seeded" {
  namespace = "shop"
  meta {
    seed = uuidv4()
  }
}
