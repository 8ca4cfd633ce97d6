# After https://clouddocs.web.cern.ch
export OS_AUTH_URL=https://keystone.example.com/krb/v3
export OS_AUTH_TYPE=v3fedkerb
export OS_USERNAME=`id -un`
export OS_IDENTITY_API_VERSION=3
export OS_PROJECT_DOMAIN_ID=default
export OS_PROJECT_NAME="Personal ada"
export OS_IDENTITY_PROVIDER=sssd
export OS_PROTOCOL=kerberos
export OS_MUTUAL_AUTH=disabled
export OS_REGION_NAME=cern
