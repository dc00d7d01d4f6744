variable "image" { type = string }

job "web" {
}
