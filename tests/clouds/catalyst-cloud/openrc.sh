# After https://docs.catalystcloud.nz, the file for users with a second factor: it asks Keystone itself for a token.
export OS_AUTH_URL=https://api.example.com:5000/v3
export OS_REGION_NAME=nz-hlz-1
export OS_PROJECT_ID=c62f0b7d18e94a53b6d0f7a2e4915c38
export OS_INTERFACE=public
export OS_IDENTITY_API_VERSION=3
export OS_AUTH_TYPE=token
export OS_TOKEN=gAAAAAinvented-secret-catalyst
unset OS_USERNAME OS_PASSWORD OS_USER_DOMAIN_NAME
