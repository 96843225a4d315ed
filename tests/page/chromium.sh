#!/usr/bin/env bash
# Installs what the tests of the simulator's page drive: Debian's Chromium. Says so, and fails, where
# it cannot be had.
set -euo pipefail

if command -v chromium >/dev/null; then
    exit 0
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
fi
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" apt-get install --yes --quiet --no-install-recommends chromium)
if ! "${install[@]}"; then
    "${as_root[@]}" apt-get update --quiet && "${install[@]}" && exit 0
    echo "CHROMIUM IS MISSING: the page of the simulator cannot be tested." >&2
    echo "Install the package chromium of Debian by hand, then run this again." >&2
    exit 3
fi
