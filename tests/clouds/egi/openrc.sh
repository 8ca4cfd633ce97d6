# After https://docs.egi.eu/users/compute/cloud-compute/auth
export OS_AUTH_URL=https://prisma.example.com:5000/v3
export OS_AUTH_TYPE=v3oidcaccesstoken
export OS_IDENTITY_PROVIDER=egi.eu
export OS_PROTOCOL=openid
export OS_ACCESS_TOKEN=eyJinvented-secret-egi
export OS_PROJECT_ID=2c0a8f7e41d3459bb6f2d09e5c71a834
