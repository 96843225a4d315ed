"""STOMP over WebSocket, conversations over STOMP, and typed messages in them.

Import from the modules; nothing is loaded here. From the bytes up, each knows only what stands
before it:

- `errors`, `values`, `records`: what is raised, and what small values are made of.
- `frames`, `frame_head`, `frame_parser`, `session`, `client_protocol`, `server_protocol`: STOMP
  without a socket, a thread or a clock.
- `rules`, `shapes`, `codec`: what a message may hold, and JSON in both directions.
- `descriptors`, `conversation`: an API as data, and one conversation being played.
- `masking`, `redaction`, `trace`: what may be shown.
- `driver`, `pump`, `stream`, `wslink`, `tls`: one WebSocket and the thread that reads it.
- `clock`, `waiting`: deadlines by another clock than the machine's, for tests.
- `client`: what users of a client hold. `server`: what a server is written on.
"""
