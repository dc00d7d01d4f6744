job "web" {
  meta {
    x = fileexists("/etc/passwd")
  }
}
