# Beside controller.hcl where there are ConsulACLPolicy definitions: add it as a policy of its own to the controller's token.
#   consul acl policy create -name drover-acl-policies -rules @acl-policies.hcl
# Whoever may write policies can give himself every right: this makes the controller's token as strong as the management token.
# Guard it like the definitions branch, and leave it out where nobody defines policies. Drover itself never touches policies whose
# names begin with drover- or global-.
acl = "write"
