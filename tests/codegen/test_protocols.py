"""Which documents get a client, and what the others get."""

import json
import os
import re
import subprocess
import sys
from copy import deepcopy
from typing import Any

import pytest

from generating import CASES
from stompgen import Problems, generate_files
from stompgen.output import write_tree

BASE: dict[str, Any] = {
    "asyncapi": "3.0.0",
    "info": {"title": "Example", "version": "1"},
    "channels": {"c": {"address": "/c", "messages": {"m": {"payload": {"type": "object"}}}}},
    "operations": {"tell": {"action": "send", "channel": {"$ref": "#/channels/c"}}},
}
NOTICE = "no server speaks STOMP: messages, channels and operations are data"


def generated(tmp_path, servers: dict[str, Any], protocol: str = "auto", **more: Any) -> Any:
    """The files and the problems of a small document."""
    data = {**deepcopy(BASE), "servers": servers, **more}
    path = tmp_path / "api.json"
    path.write_text(json.dumps(data))
    problems = Problems()
    files = generate_files(path, package="pkg", protocol=protocol, problems=problems)
    return files, str(problems)


def server(protocol: str, **more: Any) -> dict[str, Any]:
    return {"host": "h.example", "protocol": protocol, **more}


@pytest.mark.parametrize(
    "found",
    [
        server("stomp"),
        server("STOMPS"),
        server("wss", **{"x-transport": {"protocol": "wss", "subprotocols": ["v12.stomp"]}}),
        server("ws", bindings={"stomp": {}}),
    ],
)
def test_a_server_that_speaks_stomp_makes_a_client(tmp_path, found) -> None:
    """By its protocol, by a subprotocol, or by a binding."""
    files, problems = generated(tmp_path, {"main": found})
    assert {"pkg/client.py", "pkg/server.py"} <= files.keys()
    assert NOTICE not in problems


@pytest.mark.parametrize("protocol", ["ws", "wss", "kafka", "mqtt", "amqp", "http", "nats"])
def test_any_other_protocol_makes_data(tmp_path, protocol) -> None:
    """It is said once, and in the package's docstring."""
    files, problems = generated(tmp_path, {"main": server(protocol)})
    assert not {"pkg/client.py", "pkg/server.py"} & files.keys()
    assert problems.count(NOTICE) == 1
    assert "No server of this API speaks STOMP" in files["pkg/__init__.py"]
    assert f'protocol="{protocol}"' in files["pkg/servers.py"]


def test_no_server_at_all_makes_data(tmp_path) -> None:
    """Nothing says STOMP."""
    files, problems = generated(tmp_path, {})
    assert "pkg/client.py" not in files
    assert NOTICE in problems


def test_a_user_may_say_what_the_document_does_not(tmp_path) -> None:
    """`--protocol stomp` for documents that say ws; `none` for data of a STOMP document."""
    files, problems = generated(tmp_path, {"main": server("ws")}, "stomp")
    assert "server: Main" in files["pkg/client.py"]
    assert NOTICE not in problems
    files, problems = generated(tmp_path, {"main": server("stomp")}, "none")
    assert "pkg/client.py" not in files
    assert NOTICE not in problems


def test_the_client_of_a_mixed_document_connects_to_stomp_servers_only(tmp_path) -> None:
    """The others are data beside it."""
    files, _ = generated(tmp_path, {"one": server("stomp"), "two": server("kafka")})
    assert "server: One," in files["pkg/client.py"]
    assert "TWO = Endpoint(" in files["pkg/servers.py"]
    assert "endpoints=(servers.TWO,)" in files["pkg/operations.py"]


def test_a_package_of_data_needs_nothing_that_connects(tmp_path) -> None:
    """Neither the client nor a WebSocket library is imported; examples are converted."""
    spec = CASES / "parcels" / "spec.yaml"
    write_tree(generate_files(spec, package="parcels"), tmp_path)
    code = (
        "import sys, parcels\n"
        "from parcels.examples import EXAMPLES\n"
        "codec = parcels.codec_of(parcels.API)\n"
        "for example in EXAMPLES:\n"
        "    codec.decode(example.message.payload, example.payload_text)\n"
        "[getattr(parcels, name) for name in parcels.__all__]\n"
        "names = {'stompws.client', 'stompws.driver', 'stompws.session', 'websocket', 'ssl'}\n"
        "print(sorted(names & sys.modules.keys()))\n"
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stderr, result.stdout) == ("", "[]\n")


def test_parameters_that_are_spelt_alike_stay_two(tmp_path) -> None:
    """Arguments are told apart as all names are."""
    channel = {"address": "/{roomId}/{room_id}", "parameters": {"roomId": {}, "room_id": {}}}
    files, _ = generated(tmp_path, {"main": server("stomp")}, channels={"c": channel})
    line = next(line for line in files["pkg/client.py"].splitlines() if "self._send(" in line)
    assert line.count("room_id") > 2
    compile(files["pkg/client.py"], "client.py", "exec")


@pytest.mark.parametrize(
    "payload",
    [{"type": "string"}, {"type": "array", "items": {"type": "integer"}}, True, {"enum": [1, "a"]}],
)
def test_a_package_of_one_message_that_is_no_object_can_be_imported(tmp_path, payload) -> None:
    """No other class of the module brings the imports that it needs."""
    channel = {"address": "/c", "messages": {"m": {"payload": payload}}}
    files, _ = generated(tmp_path, {"main": server("stomp")}, channels={"c": channel})
    write_tree(files, tmp_path)
    modules = [path for path in files if path.endswith(".py") and not path.endswith("__init__.py")]
    names = ", ".join(path.removesuffix(".py").replace("/", ".") for path in modules)
    path = os.pathsep.join([str(tmp_path), *sys.path])
    result = subprocess.run(
        [sys.executable, "-c", f"import {names}"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""


def test_messages_that_no_operation_uses_are_there(tmp_path) -> None:
    """With their examples."""
    unused = {"payload": {"type": "object"}, "examples": [{"payload": {"a": 1}}]}
    components = {"messages": {"unused": unused}}
    files, _ = generated(tmp_path, {}, components=components)
    assert "other_messages=(UNUSED_MESSAGE,)" in files["pkg/operations.py"]
    assert "message=UNUSED_MESSAGE" in files["pkg/examples.py"]


def test_a_reply_is_waited_for_where_the_user_says_stomp(tmp_path) -> None:
    """The document does not say so itself, and its replies make conversations all the same."""
    answer = {"address": "/a", "messages": {"Answer": {"payload": {"type": "object"}}}}
    channels = {**BASE["channels"], "a": answer}
    tell = {**BASE["operations"]["tell"], "reply": {"channel": {"$ref": "#/channels/a"}}}
    more = {"channels": channels, "operations": {"tell": tell}}
    files, _ = generated(tmp_path, {"main": server("ws")}, "stomp", **more)
    assert (
        "return self._request(TELL, request or M(), Answer, deadlines)" in (files["pkg/client.py"])
    )


def test_what_stands_inside_an_operation_is_named_after_it(tmp_path) -> None:
    """A channel and messages that are written where a reference was expected are used."""
    inside = {
        "action": "receive",
        "channel": {"address": "/x", "messages": {"n": {"payload": {"type": "object"}}}},
        "messages": [{"name": "News", "payload": {"type": "object"}}, {"payload": {}}],
    }
    files, problems = generated(tmp_path, {"main": server("kafka")}, operations={"hear": inside})
    assert 'HEAR = Channel(name="hear", address="/x"' in files["pkg/channels.py"]
    assert {"NEWS_MESSAGE", "HEAR_MESSAGE"} <= set(re.findall(r"\w+", files["pkg/operations.py"]))
    assert "#/operations/hear/channel: warning: expected a $ref to a channel" in problems
