"""What the STOMP benchmarks carry, and how their results are judged."""

import json

from rich.table import Table

SMALL, LARGE = "small", "2.5 KB"
_SIZES = {SMALL: 100, LARGE: 2500}

DESTINATION = "/queue/payment-notifications"
SENT_HEADERS = {
    "destination": DESTINATION,
    "content-type": "application/json;charset=UTF-8",
    "correlation-id": "5b0c3c0e-8a58-4d0e-8a3e-6a3f1c1f8f6e",
    "reply-to": "/temp-queue/notifications",
    "persistent": "false",
    "receipt": "message-17",
}
_RECEIVED_HEADERS = {
    "subscription": "sub-1",
    "destination": DESTINATION,
    "message-id": "T_sub-1@@session-ZzSt5NwQ4zXwE0KxL5cO9Q@@17",
    "redelivered": "false",
    "correlation-id": "5b0c3c0e-8a58-4d0e-8a3e-6a3f1c1f8f6e",
    "persistent": "false",
    "content-type": "application/json;charset=UTF-8",
}


def body_of(size: str) -> bytes:
    """A JSON document of about that many octets, in one line."""
    notifications: list[dict[str, str | int]] = []
    number = 0
    while len(text := json.dumps({"notifications": notifications})) < _SIZES[size]:
        number += 1
        notifications.append({"number": number, "text": "PRESENT CARD"})
    return text.encode()


def message_of(size: str) -> bytes:
    """The octets of a MESSAGE with 8 headers, ended by NUL and LF as RabbitMQ ends it."""
    body = body_of(size)
    headers = {**_RECEIVED_HEADERS, "content-length": str(len(body))}
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    return f"MESSAGE\n{lines}\n".encode() + body + b"\0\n"


def verdict(ratio: float, goal: float) -> str:
    """Say whether the goal is reached."""
    return "reached" if ratio >= goal else "MISSED"


def table_of(title: str, first: str, *columns: str) -> Table:
    """Return an empty table; all columns but the first hold numbers."""
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table
