# After the manual of the command line, https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html
export OS_AUTH_URL=https://keystone.example.com/v3
export OS_USERNAME=ada
export OS_PASSWORD=invented-secret-domains
export OS_PROJECT_NAME=engines
export OS_DEFAULT_DOMAIN_ID=3f6c0b9e8d714a25b1e7f4a2c9d05863
export OS_REGION_NAME=RegionOne
