job "web" {
  meta {
    x = "no"
  }
}
