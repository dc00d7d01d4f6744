job "web" {
  meta {
    x = uuidv4()
  }
}
