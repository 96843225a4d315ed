"""A server that plays one sale by heart: websockets, and nothing on it. The floor of a comparison.

It reads the messages of a sale as JSON from the first line of standard input: what follows CONNECT
and what follows SEND. It prints its port, and ends with its input.
"""

import asyncio
import json
import logging
import sys

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

# As the simulator's: it lets nothing through.
_SILENT = logging.Logger("silent", level=logging.CRITICAL + 1)  # noqa: LOG001 - in no hierarchy


async def main() -> None:
    """Serve until the input ends."""
    lines: dict[str, list[str]] = json.loads(sys.stdin.readline())

    async def play(socket: ServerConnection) -> None:
        try:
            while True:
                said = str(await socket.recv())
                for line in lines.get(said.partition("\n")[0], []):
                    await socket.send(line)
        except ConnectionClosed:
            return

    async with serve(
        play, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=1024, logger=_SILENT
    ) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
