job "web" {
  meta {
    x = exec("id")
  }
}
