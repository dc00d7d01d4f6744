# What the controller needs in Nomad (1.11.2 or newer; before, `submit-job` stands for the single capabilities):
#   nomad acl policy apply drover-controller controller.policy.hcl
#   nomad acl token create -name "drover controller" -policy drover-controller
# Narrow `namespace "*"` to the namespaces that Drover shall manage. Nomad lets only management tokens write namespaces, ACL
# policies and auth methods: where definitions contain NomadNamespace, NomadACLPolicy or NomadAuth, give the controller such a
# token beside this one, for those alone.

namespace "*" {
  capabilities = [
    "list-jobs",
    "read-job",
    "parse-job",
    "plan-job",
    "register-job",
    "deregister-job",
    # A job whose type changes must be purged first.
    "purge-job",
    # Migrations are dispatched.
    "dispatch-job",
    # NomadVolume: made and changed, never deleted.
    "host-volume-read",
    "host-volume-create",
    "csi-read-volume",
    "csi-list-volume",
    "csi-write-volume",
  ]

  # NomadVariable. Whoever may register jobs reads the variables of jobs anyway; narrow it to the paths that are defined.
  variables {
    path "*" {
      capabilities = ["list", "read", "write", "destroy"]
    }
  }
}

# Jobs that mount host volumes are refused without it.
host_volume "*" {
  policy = "write"
}

# Placement: which servers a job may land on, and whether they are there.
node {
  policy = "read"
}

node_pool "*" {
  policy = "write"
}

# Whether the plugin of a CSI volume is there.
plugin {
  policy = "read"
}

# The version of the server decides how HCL is parsed.
agent {
  policy = "read"
}
