# the shop
key_prefx "shop/" {
  policy = "read"
}
