job "web" {
  meta {
    x = "4f1c"
  }
}
