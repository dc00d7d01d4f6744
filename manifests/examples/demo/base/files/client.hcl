name                 = "${{ server.name }}"
datacenter           = "${{ server.datacenter }}"
data_dir             = "${{ server.facts.root }}/var/lib/nomad"
bind_addr            = "${{ server.address }}"
disable_update_check = true
leave_on_interrupt   = false
leave_on_terminate   = false

advertise {
  http = "${{ server.address }}"
  rpc  = "${{ server.address }}"
  serf = "${{ server.address }}"
}

client {
  enabled           = true
  servers           = [${{ vars.nomadServers.map(address, '"' + address + '"').join(", ") }}]
  network_interface = "lo"
  # All clients of one machine share its loopback address, so each has ports of its own.
  min_dynamic_port  = ${{ server.facts.minDynamicPort }}
  max_dynamic_port  = ${{ server.facts.maxDynamicPort }}

  meta {
    root = "${{ server.facts.root }}"
    site = "${{ vars.subnet }}"
  }

  options {
    # These ask cloud metadata services, which nobody answers here.
    "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean"
  }
}

acl {
  enabled = true
}

consul {
  auto_advertise   = false
  client_auto_join = false
}

plugin "raw_exec" {
  config {
    enabled = true
  }
}

telemetry {
  publish_allocation_metrics = false
  publish_node_metrics       = false
}

vault {
  enabled               = true
  address               = "${{ vars.vaultAddress }}"
  jwt_auth_backend_path = "jwt-nomad"
  create_from_role      = "nomad-workloads"
}
