namespace "shpo" {
  policy = "read"
}
