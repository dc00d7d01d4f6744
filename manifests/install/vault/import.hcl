# What `drover import` reads: no secret, and nothing that could write.
#   vault policy write drover-import import.hcl
#   vault token create -policy=drover-import -ttl=1h

path "sys/mounts" {
  capabilities = ["read"]
}

path "sys/auth" {
  capabilities = ["read"]
}

path "sys/policies/acl" {
  capabilities = ["list"]
}

path "sys/policies/acl/*" {
  capabilities = ["read"]
}

path "auth/+/config" {
  capabilities = ["read"]
}

path "auth/+/role" {
  capabilities = ["list"]
}

path "auth/+/role/*" {
  capabilities = ["read"]
}

# The same for auth methods at a path of two parts.
path "auth/+/+/config" {
  capabilities = ["read"]
}

path "auth/+/+/role" {
  capabilities = ["list"]
}

path "auth/+/+/role/*" {
  capabilities = ["read"]
}

# Paths of secrets, without their values: one of these for each KV mount.
path "kv/metadata/*" {
  capabilities = ["list"]
}

path "secret/metadata/*" {
  capabilities = ["list"]
}
