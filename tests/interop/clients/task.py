"""What every Python client does here: register, then take a sale with the key it was given.

The task comes as JSON on standard input, so that no code and no key stands on a command line. One
line of JSON goes out: what was seen of the sale. Anything else is an error, on stderr.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Converse = Callable[[Json, Json, dict[str, str]], Json]
"""Task, request, headers of CONNECT → `stomp`, `goodbye`, `messages`: one connection of its own,
one request, and all that comes until the destination `request["until"]`."""


def run(converse: Converse) -> None:
    """Do the task on standard input."""
    task = json.load(sys.stdin)
    registration = converse(task, task["registration"], {})
    key = registration["messages"][-1]["body"]["pointOfSaleLicenseKey"]
    sale = converse(task, task["sale"], {task["keyHeader"]: key})
    print(json.dumps(sale))


def message(request: Json, headers: Any, body: str | bytes) -> Json:
    """A MESSAGE, as the output shows it; raise when the service refuses the request."""
    if headers["destination"] == request["error"]:
        raise RuntimeError(f"refused: {body!r}")
    return {
        "destination": headers["destination"],
        "correlation": headers[request["correlationHeader"]],
        "body": json.loads(body),
    }
