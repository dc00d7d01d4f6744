# What one server's agent needs: one policy and one token per server. Fill in {{environment}} and {{server}}.
# A server reads its own payload and says how it went; other servers' keys are closed to it.

key "drover/{{environment}}/l1/{{server}}" {
  policy = "read"
}

# Chunks of a large payload.
key_prefix "drover/{{environment}}/l1/{{server}}/" {
  policy = "read"
}

key "drover/{{environment}}/report/{{server}}" {
  policy = "write"
}
