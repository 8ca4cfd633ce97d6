# After https://docs.infomaniak.cloud and https://docs.mountainduck.io/protocols/openstack/infomaniak
export OS_AUTH_URL=https://api.example.com/identity
export OS_USERNAME=PCU-7X4KQ2M
export OS_PASSWORD='invented-secret-info'
export OS_PROJECT_NAME=PCP-9J3TR8L
export OS_USER_DOMAIN_NAME=Default
export OS_PROJECT_DOMAIN_NAME=Default
export OS_REGION_NAME=dc3-a
