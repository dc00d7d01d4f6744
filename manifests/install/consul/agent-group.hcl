# Beside agent.hcl for members of a quorum group (Consul, Nomad or Vault servers): members change one at a time, under a lock
# that the node itself holds. Fill in {{environment}}, {{group}} and {{node}} (the server's own Consul agent).

key "drover/{{environment}}/group/{{group}}" {
  policy = "write"
}

session "{{node}}" {
  policy = "write"
}

# The raft peers, to see the other members healthy first.
operator = "read"
