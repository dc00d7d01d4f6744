# Beside controller.hcl where there are ConsulConfigEntry definitions: add it as a policy of its own to the controller's token.
#   consul acl policy create -name drover-config-entries -rules @config-entries.hcl

# ServiceDefaults, ServiceResolver, ServiceSplitter, ServiceRouter, IngressGateway, TerminatingGateway, and ServiceIntentions.
service_prefix "" {
  policy     = "write"
  intentions = "write"
}

# Mesh, APIGateway, HTTPRoute, TCPRoute, ExportedServices, JWTProvider.
mesh = "write"

# ProxyDefaults. Consul asks for the right to operate the whole cluster: leave it out where nobody defines them.
operator = "write"
