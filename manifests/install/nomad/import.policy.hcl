# What `drover import` reads. It can ask, and change nothing.
#   nomad acl policy apply drover-import import.policy.hcl
#   nomad acl token create -name "drover import" -policy drover-import
# Nomad shows ACL policies to management tokens alone: with any other they are left out, and said to be.

namespace "*" {
  capabilities = ["list-jobs", "read-job", "csi-list-volume", "host-volume-read"]

  # Their paths only: what is in them is never read.
  variables {
    path "*" {
      capabilities = ["list"]
    }
  }
}

node_pool "*" {
  policy = "read"
}
