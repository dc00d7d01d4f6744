job "web" {
  meta {
    x = upper("id")
  }
}
