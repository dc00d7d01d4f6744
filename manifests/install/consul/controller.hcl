# What the controller needs in Consul. Fill in {{node}} (the name of the Consul agent that the controller talks to), then
#   consul acl policy create -name drover-controller -rules @controller.hcl
#   consul acl token create -description "drover controller" -policy-name drover-controller -policy-name drover-keys-…

# Payloads, reports, ledger, holds, lease: all that Drover keeps for itself, of every environment in this datacenter.
key_prefix "drover/" {
  policy = "write"
}

# The lease is a session of that agent; no other node's sessions can be ended with it.
session "{{node}}" {
  policy = "write"
}

# Whether the agent is there at all (`drover doctor`).
node "{{node}}" {
  policy = "read"
}
