#!/usr/bin/env bash
# A private RabbitMQ with STOMP over WebSocket, from Debian's package, for the interoperability tests.
#
#   rabbitmq.sh install             have the package, without starting the system's service
#   rabbitmq.sh start DIR [OWNER]   start a broker that keeps everything in DIR; it ends with the
#                                   process OWNER at the latest; addresses are in DIR/addresses
#   rabbitmq.sh ctl DIR ARGUMENTS   rabbitmqctl for that broker
#   rabbitmq.sh stop DIR            end it and whatever it started
#
# With CERT, KEY and CA (PEM files) in the environment it listens with TLS too. All listeners are on
# loopback, at ports that are free: brokers can run side by side. User guest, password guest, vhost /.
# Exit 3: the package cannot be had, or is not there.
set -euo pipefail

BIN=/usr/lib/rabbitmq/bin # not /usr/sbin: the wrappers there want the system's user and folders
PACKAGE=rabbitmq-server
START_SECONDS=60
STOP_SECONDS=15

unavailable() {
    printf '%s\n' "" \
        "##########################################################################" \
        "## RabbitMQ IS MISSING: the interoperability tests cannot run.          ##" \
        "##########################################################################" \
        "$1" \
        "What is needed: Debian's or Ubuntu's package \`$PACKAGE\` (with $BIN/rabbitmq-server)." >&2
    exit 3
}

install_package() {
    if [ -x "$BIN/rabbitmq-server" ]; then
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
    [ -x "$BIN/rabbitmq-server" ] || unavailable "The package holds no $BIN/rabbitmq-server."
}

free_ports() { # four different ones, all free at the same moment
    python3 -c '
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
print(*(sock.getsockname()[1] for sock in held))'
}

settings() { # what makes broker and rabbitmqctl keep to DIR, and find each other
    export HOME=$dir/home # the Erlang cookie
    export RABBITMQ_NODENAME=interop@localhost RABBITMQ_CONF_ENV_FILE=/dev/null
    export RABBITMQ_MNESIA_BASE=$dir/mnesia RABBITMQ_LOG_BASE=$dir/log
    export RABBITMQ_LOGS=$dir/log/broker.log RABBITMQ_PID_FILE=$dir/broker.pid
    export RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf
    export RABBITMQ_ADVANCED_CONFIG_FILE=$dir/advanced.config
    export RABBITMQ_ENABLED_PLUGINS_FILE=$dir/enabled_plugins
    export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
    export RABBITMQ_CTL_ERL_ARGS=$RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS
    export ERL_EPMD_ADDRESS=127.0.0.1 LANG=C.UTF-8
    # shellcheck source=/dev/null
    . "$dir/ports"
    export ERL_EPMD_PORT=$epmd_port RABBITMQ_DIST_PORT=$dist_port
}

write_configuration() {
    mkdir -p "$dir/home" "$dir/log" "$dir/mnesia"
    read -r ws_port wss_port dist_port epmd_port <<<"$(free_ports)"
    printf 'dist_port=%s epmd_port=%s\n' "$dist_port" "$epmd_port" >"$dir/ports"
    echo '[rabbitmq_web_stomp].' >"$dir/enabled_plugins"
    echo "ws://127.0.0.1:$ws_port/ws" >"$dir/addresses.new"
    {
        echo "listeners.tcp = none" # no AMQP, no STOMP over bare TCP
        echo "stomp.listeners.tcp = none"
        echo "web_stomp.ws_path = /ws"
        echo "web_stomp.tcp.ip = 127.0.0.1"
        echo "web_stomp.tcp.port = $ws_port"
        echo "log.console = false"
        echo "log.file.level = info"
        if [ -n "${CERT:-}" ]; then
            echo "web_stomp.ssl.ip = 127.0.0.1"
            echo "web_stomp.ssl.port = $wss_port"
            echo "web_stomp.ssl.certfile = $CERT"
            echo "web_stomp.ssl.keyfile = $KEY"
            echo "web_stomp.ssl.cacertfile = $CA"
            echo "wss://127.0.0.1:$wss_port/ws" >>"$dir/addresses.new"
        fi
    } >"$dir/rabbitmq.conf"
}

start() {
    [ -x "$BIN/rabbitmq-server" ] || unavailable "To install it: tests/interop/rabbitmq.sh install"
    trap stop EXIT # unless it goes well
    write_configuration
    settings
    setsid epmd >"$dir/log/epmd.log" 2>&1 </dev/null &
    echo $! >"$dir/epmd.pid"
    # Under systemd, as it is told here, its script becomes the broker instead of staying its parent.
    RUNNING_UNDER_SYSTEMD=1 setsid "$BIN/rabbitmq-server" >"$dir/log/console.log" 2>&1 </dev/null &
    local broker=$! waited=0
    echo "$broker" >"$dir/broker.pid"
    until grep -qs "Server startup complete" "$dir/log/broker.log"; do
        if ! kill -0 "$broker" 2>/dev/null || [ "$waited" -ge $((START_SECONDS * 10)) ]; then
            echo "The broker did not start within $START_SECONDS s. Its last words:" >&2
            tail -n 20 "$dir/log/console.log" "$dir/log/broker.log" >&2 || true
            exit 1
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
    if [ -n "${1:-}" ]; then
        setsid "$0" guard "$dir" "$1" >"$dir/log/guard.log" 2>&1 </dev/null &
        echo $! >"$dir/guard.pid"
    fi
    mv "$dir/addresses.new" "$dir/addresses"
    trap - EXIT
}

ours() { # a pid may have been given to another process since
    { tr '\0' '\n' <"/proc/$1/environ"; } 2>/dev/null | grep -qxF "HOME=$dir/home"
}

end_process() { # with its children: each was started as the leader of a group
    local file=$dir/$1.pid waited=0 pid
    [ -s "$file" ] || return 0
    pid=$(cat "$file")
    if ours "$pid"; then
        kill -TERM "$pid" 2>/dev/null || true
        while ours "$pid" && [ "$waited" -lt $((STOP_SECONDS * 10)) ]; do
            sleep 0.1
            waited=$((waited + 1))
        done
        kill -KILL -- "-$pid" 2>/dev/null || true
    fi
    rm -f "$file"
}

stop() {
    end_process broker
    end_process epmd
    rm -f "$dir/addresses"
    [ "${guarding:-}" ] || end_process guard
}

guard() { # nothing stays behind when whoever wanted the broker is gone without a word
    export guarding=yes
    while kill -0 "$1" 2>/dev/null; do
        sleep 1
    done
    stop
}

command=${1:-}
dir=${2:+$(realpath -m "$2")}
case "$command" in
install) install_package ;;
start | stop | ctl | guard)
    [ -n "$dir" ] || { echo "$command: which folder?" >&2; exit 2; }
    case "$command" in
    ctl) settings && exec "$BIN/rabbitmqctl" "${@:3}" ;;
    *) "$command" "${@:3}" ;;
    esac
    ;;
*)
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
    ;;
esac
