"""stomp.py over its own WebSocket transport."""

import json
import queue
from typing import Any

import stomp
from task import Json, message, run


class Listener(stomp.ConnectionListener):
    """Its thread puts in, ours takes out."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self.stomp = "?"

    def on_connected(self, frame: Any) -> None:
        self.stomp = frame.headers["version"]

    def on_message(self, frame: Any) -> None:
        self.events.put(("message", frame))

    def on_error(self, frame: Any) -> None:
        self.events.put(("error", frame.headers.get("message")))

    def on_receipt(self, frame: Any) -> None:
        self.events.put(("receipt", frame))

    def on_disconnected(self) -> None:
        self.events.put(("disconnected", None))

    def next(self) -> tuple[str, Any]:
        return self.events.get(timeout=10)


def converse(task: Json, request: Json, connect_headers: dict[str, str]) -> Json:
    here = (task["host"], task["port"])
    connection = stomp.WSStompConnection([here], ws_path=task["path"])
    if task["caFile"]:
        connection.set_ssl([here], ca_certs=task["caFile"])
    listener = Listener()
    connection.set_listener("", listener)
    connection.connect(headers=connect_headers, wait=True)
    for number, address in enumerate(request["subscribe"]):
        connection.subscribe(address, id=str(number))
    connection.send(
        request["destination"], json.dumps(request["body"]), headers=dict(request["headers"])
    )
    messages: list[Json] = []
    while not messages or messages[-1]["destination"] != request["until"]:
        kind, content = listener.next()
        if kind != "message":
            raise RuntimeError(f"{kind}: {content}")
        messages.append(message(request, content.headers, content.body))
    connection.disconnect()
    goodbye = [listener.next()[0], listener.next()[0]]
    return {
        "stomp": listener.stomp,
        "goodbye": "receipt" if "receipt" in goodbye else "none",
        "messages": messages,
    }


run(converse)
