#!/usr/bin/env bash
# After https://github.com/elastisys/compliantkubernetes-apps, pipeline/config/safespring/openrc.sh
export OS_AUTH_URL=https://dashboard.example.com:5000/v3/
export OS_PROJECT_ID=9e2d40a7cb864f15b1d7c3f05e68a92b
export OS_PROJECT_NAME="dev.example.org"
export OS_USER_DOMAIN_NAME="users"
if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
export OS_PROJECT_DOMAIN_ID=""
if [ -z "$OS_PROJECT_DOMAIN_ID" ]; then unset OS_PROJECT_DOMAIN_ID; fi
unset OS_TENANT_ID
unset OS_TENANT_NAME
export OS_USERNAME="ada@example.org"
echo "Please enter your OpenStack Password for project $OS_PROJECT_NAME as user $OS_USERNAME: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
export OS_REGION_NAME="sto1"
if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
export OS_INTERFACE=public
export OS_IDENTITY_API_VERSION=3
