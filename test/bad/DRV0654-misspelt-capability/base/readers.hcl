namespace "default" {
  capabilities = ["list-jobs", "raed-job"]
}
