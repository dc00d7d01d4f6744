# What the controller needs in Vault:
#   vault policy write drover-controller controller.hcl
#   vault token create -orphan -period=24h -policy=drover-controller
# Whoever may write policies and roles can give rights to others: guard this token like the definitions branch. Drover's own
# policies are closed to it at the end, so that no pull request can widen them.

# VaultMount. Deleting a mount destroys every secret in it: add "delete" only if a definition shall be able to do that.
path "sys/mounts" {
  capabilities = ["read"]
}
path "sys/mounts/*" {
  capabilities = ["create", "read", "update"]
}

# VaultAuth. Vault asks for sudo on these paths.
path "sys/auth" {
  capabilities = ["read"]
}
path "sys/auth/*" {
  capabilities = ["create", "read", "update", "delete", "sudo"]
}
path "auth/+/config" {
  capabilities = ["create", "read", "update"]
}

# VaultRole. (`auth/token/roles` is not matched.)
path "auth/+/role/*" {
  capabilities = ["create", "read", "update", "delete"]
}

# VaultDatabaseRole: one block per mount of the database engine, here `database`. Its connections (`database/config`), which
# hold a password, are not Drover's.
path "database/roles/*" {
  capabilities = ["create", "read", "update", "delete"]
}

# VaultPolicy.
path "sys/policies/acl/*" {
  capabilities = ["create", "read", "update", "delete"]
}

# VaultSecret and `secret()`: one pair of blocks per KV v2 mount. Values are written once and read to be sealed; versions
# are told apart by the metadata, where the generation of a rotation is kept too; nothing is deleted.
path "kv/data/*" {
  capabilities = ["create", "read", "update"]
}
path "kv/metadata/*" {
  capabilities = ["create", "read", "update"]
}

# Payloads are signed by one key that never leaves Vault.
path "transit/sign/drover" {
  capabilities = ["update"]
}
path "transit/keys/drover" {
  capabilities = ["read"]
}

# Never its own rights, and not the signing key's mount.
path "sys/policies/acl/drover-*" {
  capabilities = ["read"]
}
path "sys/mounts/transit" {
  capabilities = ["read"]
}
path "sys/mounts/transit/*" {
  capabilities = ["read"]
}
path "sys/auth/token" {
  capabilities = ["read"]
}
path "sys/auth/token/*" {
  capabilities = ["read"]
}
