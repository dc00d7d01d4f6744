namespace "default" {
  capabilities = ["list-jobs", "read-job"]
}
