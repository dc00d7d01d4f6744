# the shop
key_prefix "shop/" {
  policy = "read"
}
