# For what runs before a merge (plans, previews, drift): it can ask, and change nothing.
#   nomad acl policy apply drover-plan plan.policy.hcl
#   nomad acl token create -name "drover plan" -policy drover-plan

namespace "*" {
  capabilities = [
    "list-jobs",
    "read-job",
    "parse-job",
    "plan-job",
    "host-volume-read",
    "csi-read-volume",
    "csi-list-volume",
  ]

  # Other people's variables may hold secrets: of these only the paths are seen. To have plans and drift compare NomadVariables too,
  # add a path block with "read" for the paths that are defined.
  variables {
    path "*" {
      capabilities = ["list"]
    }
  }
}

# Nomad plans a job that mounts a host volume only for those who may mount it.
host_volume "*" {
  policy = "write"
}

node {
  policy = "read"
}

node_pool "*" {
  policy = "read"
}

plugin {
  policy = "read"
}

agent {
  policy = "read"
}
