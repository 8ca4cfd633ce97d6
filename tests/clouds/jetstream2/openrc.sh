# After https://wiki.jetstream-cloud.org/ui/cli/auth/
export OS_AUTH_TYPE=v3applicationcredential
export OS_AUTH_URL=https://js2.example.com:5000/v3/
export OS_IDENTITY_API_VERSION=3
export OS_REGION_NAME="IU"
export OS_INTERFACE=public
export OS_APPLICATION_CREDENTIAL_ID=b0c7d9e2f51a4836972e4d08c1f3a65b
export OS_APPLICATION_CREDENTIAL_SECRET=invented-secret-jetstream
