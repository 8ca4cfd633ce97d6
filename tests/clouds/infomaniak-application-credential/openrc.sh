# After https://docs.infomaniak.cloud/identity/policies, which writes the type so.
export OS_AUTH_TYPE=v3application_credential
export OS_AUTH_URL=https://api.example.com/identity/v3
export OS_APPLICATION_CREDENTIAL_ID="0d3f7a61c8e24b95a7f0c25b98e1d643"
export OS_APPLICATION_CREDENTIAL_SECRET="invented-secret-info"
