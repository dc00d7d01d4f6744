namespace "shop" {
  policy = "read"
}
