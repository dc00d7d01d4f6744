# For what runs before a merge (plans, previews, drift): it can ask, and change nothing.
#   nomad acl policy apply drover-plan plan.policy.hcl
#   nomad acl token create -name "drover plan" -policy drover-plan

namespace "*" {
  capabilities = ["list-jobs", "read-job", "parse-job", "plan-job"]
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

agent {
  policy = "read"
}
