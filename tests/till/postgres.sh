#!/usr/bin/env bash
# Debian's PostgreSQL, for the tests of the journal in it. They start servers of their own.
#
#   postgres.sh install     have the package, without starting the system's service
#
# Exit 3: the package cannot be had.
set -euo pipefail

PACKAGE=postgresql

unavailable() {
    printf '%s\n' "" \
        "##########################################################################" \
        "## POSTGRESQL IS MISSING: the tests of its journal cannot run.          ##" \
        "##########################################################################" \
        "$1" \
        "What is needed: Debian's or Ubuntu's package \`$PACKAGE\` (initdb, postgres, pg_ctl)." >&2
    exit 3
}

installed() {
    compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null
}

install_package() {
    if installed; then
        echo "$PACKAGE is installed"
        return
    fi
    command -v apt-get >/dev/null || unavailable "There is no apt-get on this machine."
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null ||
            unavailable "apt-get needs root, and sudo is missing or wants a password."
        as_root=(sudo -n)
    fi
    # The policy that keeps dpkg from starting services (invoke-rc.d, section "policy"): 101 is "no".
    local policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        # shellcheck disable=SC2064  # expanded now: locals are gone by the time of the trap
        trap "${as_root[*]} rm -f $policy" EXIT
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 755 "$policy"
    fi
    local get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    # A fresh machine has no lists of packages, a stale one has wrong ones.
    "${get[@]}" install --no-install-recommends "$PACKAGE" || {
        "${get[@]}" update && "${get[@]}" install --no-install-recommends "$PACKAGE"
    } || unavailable "apt-get could not install it; its words are above."
    installed || unavailable "The package holds no initdb."
}

case "${1:-}" in
install) install_package ;;
*)
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
    ;;
esac
