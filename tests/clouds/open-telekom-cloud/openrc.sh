# After https://docs.otc.t-systems.com/cloud-create/api-ref/auth.html
export OS_AUTH_URL=https://iam.example.com:443/v3
export OS_IDENTITY_API_VERSION=3
export OS_USER_DOMAIN_NAME=OTC-EU-DE-00000000001000012345
export OS_PROJECT_NAME=eu-de_engines
export OS_USERNAME=ada
export OS_PASSWORD=invented-secret-otc
