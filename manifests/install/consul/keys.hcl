# The keys of your ConsulKey definitions: one policy per prefix that Drover shall write, and no wider. Fill in {{prefix}},
# which must end with a slash: `key_prefix "app"` would match `apple/` too. Attach it to the controller's token.
key_prefix "{{prefix}}" {
  policy = "write"
}
