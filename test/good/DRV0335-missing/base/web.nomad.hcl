job "web" {
  meta {
    x = file("x.txt")
  }
}
