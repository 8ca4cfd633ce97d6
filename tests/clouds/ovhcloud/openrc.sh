#!/bin/bash
# After https://help.ovhcloud.com, "Set OpenStack environment variables", and the file that its console hands out.
export OS_AUTH_URL=https://auth.example.com/v3
export OS_IDENTITY_API_VERSION=3

export OS_USER_DOMAIN_NAME=${OS_USER_DOMAIN_NAME:-"Default"}
export OS_PROJECT_DOMAIN_NAME=${OS_PROJECT_DOMAIN_NAME:-"Default"}

export OS_TENANT_ID=7b1e4c0d5a9f4f37a1c26e8d90b3f214
export OS_TENANT_NAME="4837261905518237"
export OS_USERNAME="user-Tn4wGxQ8mZpK"

echo "Password of the OpenStack user:"
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT

# More than one region: leave an empty one out.
export OS_REGION_NAME="GRA11"
if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
