job "web" {
  meta {
    x = file("y.txt")
  }
}
