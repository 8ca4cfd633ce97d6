# After https://registry.terraform.io/providers/terraform-provider-openstack/openstack/latest/docs
export OS_AUTH_URL=https://keystone.example.com:5000/v3
export OS_USERNAME=terraform
export OS_PASSWORD=invented-secret-terraform
export OS_TENANT_NAME=engines
export OS_DOMAIN_NAME=Acme
export OS_REGION_NAME=RegionOne
export OS_ENDPOINT_TYPE=publicURL
export OS_INSECURE=true
