"""stompman over its own WebSocket connection, which knows `ws://` and no TLS."""

import asyncio
import json
import logging
from typing import Any

import stompman
from stompman.connection_ws import WebSocketConnection
from task import Json, message, run

logging.basicConfig(level=logging.WARNING)  # on stderr: what it minds


def refuse(problem: BaseException, _frame: Any) -> None:
    raise problem


async def talk(task: Json, request: Json, connect_headers: dict[str, str]) -> Json:
    if task["caFile"]:
        raise SystemExit("stompman cannot be given TLS over WebSocket")
    server = stompman.ConnectionParameters(
        host=task["host"],
        port=task["port"],
        login="",
        passcode="",
        ws_uri_path=task["path"],
        connect_headers=connect_headers,
    )
    frames: asyncio.Queue[stompman.MessageFrame] = asyncio.Queue()
    errors: list[str] = []
    async with stompman.Client(
        servers=[server],
        connection_class=WebSocketConnection,
        on_error_frame=lambda frame: errors.append(frame.headers["message"]),
        write_retry_attempts=1,  # by default it sends on a new connection what it could not send
    ) as client:
        running = [
            await client.subscribe(address, frames.put, on_suppressed_exception=refuse)
            for address in request["subscribe"]
        ]
        body = json.dumps(request["body"]).encode()
        await client.send(body, request["destination"], headers=dict(request["headers"]))
        messages: list[Json] = []
        while not messages or messages[-1]["destination"] != request["until"]:
            frame = await asyncio.wait_for(frames.get(), timeout=10)
            messages.append(message(request, frame.headers, frame.body))
        for subscription in running:
            await subscription.unsubscribe()  # it does not end while a subscription runs
    if errors:
        raise RuntimeError(f"ERROR: {errors}")
    return {"stomp": client.PROTOCOL_VERSION, "goodbye": "untold", "messages": messages}


run(lambda task, request, headers: asyncio.run(talk(task, request, headers)))
