# What `drover import` reads: nothing of it can write.
#   consul acl policy create -name drover-import -rules @import.hcl
#   consul acl token create -description "drover import" -policy-name drover-import

# Narrow it to the prefixes that are given with --kv-prefix. `list` is for servers with acl.enable_key_list_policy.
key_prefix "" {
  policy = "list"
}

# Config entries of services, and who may call whom.
service_prefix "" {
  policy     = "read"
  intentions = "read"
}

mesh     = "read"
operator = "read"

# Policies. Consul hides the tokens' secrets from it.
acl = "read"
