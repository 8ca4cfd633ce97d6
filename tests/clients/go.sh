#!/usr/bin/env bash
# Runs gophercloud and Katapult's own client against the simulator that KATAPULT_SIM names, if Go is here and new enough. GOPATH, GOCACHE: where its modules go.
set -euo pipefail
cd "$(dirname "$0")/go"
# What it downloads can be removed like everything else, and it brings no other Go.
export GOFLAGS=-modcacherw GOTOOLCHAIN=local
if ! command -v go >/dev/null; then
    echo "not tested: gophercloud and go-katapult, since go is not here"
elif problem=$(go mod download 2>&1); then
    exec go test -count=1 .
elif [[ $problem == *"requires go"* ]]; then
    echo "not tested: gophercloud and go-katapult, since $problem"
else
    printf '%s\nThe Go clients cannot be installed: see above\n' "$problem"
    exit 1
fi
