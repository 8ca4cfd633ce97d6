# After https://docs.ovhcloud.com/en/guides/hosted-private-cloud/opcp/how-to-use-api-and-get-credentials
export OS_AUTH_URL=https://keystone.example.com/v3
export OS_AUTH_TYPE=v3oidcpassword
export OS_IDENTITY_PROVIDER=keycloak
export OS_PROTOCOL=openid
export OS_CLIENT_ID=openstack-cli
export OS_CLIENT_SECRET=invented-secret-client
export OS_DISCOVERY_ENDPOINT=https://sso.example.com/realms/opcp/.well-known/openid-configuration
export OS_OPENID_SCOPE="openid profile"
export OS_USERNAME=ada
export OS_PASSWORD=invented-secret-sso
export OS_PROJECT_NAME=engines
export OS_PROJECT_DOMAIN_NAME=Default
export OS_REGION_NAME=RegionOne
