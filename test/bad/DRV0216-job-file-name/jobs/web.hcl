# the shop
job "web" {
  type = "service"
}
