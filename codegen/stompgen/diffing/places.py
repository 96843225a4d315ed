"""Compares what is around the messages: the API's title, servers, channels, security."""

from typing import Any

from ..model import ServerModel
from ..naming import constant_case
from .changes import FINE, WIRE, Area, Breaks, Kind
from .comparison import Comparison
from .matching import match_keys
from .operations import unknown_parts

TOLD = ("title", "summary", "description", "tags")


def compare_api(comparison: Comparison) -> None:
    """Note what changed in the API as a whole."""
    old, new = comparison.old.context, comparison.new.context
    if old.model.version != new.model.version:
        what = f"The version is {new.model.version}, was {old.model.version}."
        comparison.add(Kind.DOCS, Area.API, "API", what, old="/info/version", new="/info/version")
    comparison.docs(Area.API, "API", old.model, new.model, ("title", "description"))
    if old.client != new.client:
        what = f"The client was called {old.client}."
        comparison.add(
            Kind.PYTHON, Area.API, new.client, what, old="/info", new="/info",
            breaks=Breaks(python=True), before=f"from {{package}} import {old.client}",
            after=f"from {{package}} import {new.client}",
        )  # fmt: skip


def compare_channels(comparison: Comparison) -> None:
    """Note what changed in the channels: above all, addresses."""
    before = comparison.old.context.model.channel_by_key
    after = comparison.new.context.model.channel_by_key
    match = comparison.channels
    for key, channel in before.items():
        if key not in match.pairs:
            what = f"The channel {channel.address} is gone."
            comparison.add(Kind.REMOVED, Area.CHANNEL, key, what, old=channel.pointer, breaks=WIRE)
            continue
        other = after[match.pairs[key]]
        common: dict[str, Any] = {"old": channel.pointer, "new": other.pointer}
        if key != other.key:
            comparison.add(
                Kind.RENAMED, Area.CHANNEL, other.key,
                f"Was called {key}; the constant was `{constant_case(key)}`.",
                guess=match.guesses.get(key), **common,
            )  # fmt: skip
        if channel.address != other.address:
            what = f"The address is {other.address}, was {channel.address}."
            comparison.add(Kind.ADDRESS, Area.CHANNEL, other.key, what, breaks=WIRE, **common)
        for name in unknown_parts(channel, other, {"address", "messages"}):
            what = f"Its {name.replace('_', ' ')} changed."
            comparison.add(Kind.ADDRESS, Area.CHANNEL, other.key, what, breaks=WIRE, **common)
        comparison.docs(Area.CHANNEL, other.key, channel, other, TOLD)
    for key, channel in after.items():
        if key not in match.pairs.values():
            what = f"New channel {channel.address}."
            comparison.add(Kind.ADDED, Area.CHANNEL, key, what, new=channel.pointer)


def compare_servers(comparison: Comparison) -> None:
    """Note what changed in the servers."""
    before = {server.key: server for server in comparison.old.context.model.servers}
    after = {server.key: server for server in comparison.new.context.model.servers}

    def alike(one: str, two: str) -> tuple[float, str] | None:
        places = [(s.host, s.pathname, s.protocol) for s in (before[one], after[two])]
        return (1.0, "both have the same address") if places[0] == places[1] else None

    match = match_keys(before, after, alike)
    for key, server in before.items():
        if key not in match.pairs:
            name = comparison.old.context.api.servers[key]
            comparison.add(
                Kind.REMOVED, Area.SERVER, name, "The server is gone.", old=server.pointer,
                breaks=WIRE | Breaks(python=True), before=f"from {{package}} import {name}",
            )  # fmt: skip
            continue
        _server(comparison, server, after[match.pairs[key]], match.guesses.get(key))
    for key, server in after.items():
        if key not in match.pairs.values():
            comparison.add(
                Kind.ADDED,
                Area.SERVER,
                comparison.new.context.api.servers[key],
                "New server.",
                new=server.pointer,
            )


def _server(comparison: Comparison, old: ServerModel, new: ServerModel, guess: str | None) -> None:
    was = comparison.old.context.api.servers[old.key]
    name = comparison.new.context.api.servers[new.key]
    common: dict[str, Any] = {"old": old.pointer, "new": new.pointer}
    if was != name:
        comparison.add(
            Kind.RENAMED, Area.SERVER, name, f"Was called {was}.",
            breaks=Breaks(python=True), guess=guess,
            before=f"from {{package}} import {was}",
            after=f"from {{package}} import {name}", **common,
        )  # fmt: skip
    for part in unknown_parts(old, new, {"variables"}):
        what = f"Its {part.replace('_', ' ')} is {_shown(new, part)}, was {_shown(old, part)}."
        comparison.add(Kind.SERVER, Area.SERVER, name, what, breaks=WIRE, **common)
    before = {variable.name: variable for variable in old.variables}
    after = {variable.name: variable for variable in new.variables}
    for key, variable in before.items():
        if key not in after:
            what = f"The variable {key!r} is gone."
            breaks = Breaks(sender=True, python=True)
            comparison.add(Kind.SERVER, Area.SERVER, name, what, breaks=breaks, **common)
            continue
        for part in unknown_parts(variable, after[key], set()):
            what = f"The variable {key!r}: its {part} is {_shown(after[key], part)}, "
            what += f"was {_shown(variable, part)}."
            comparison.add(
                Kind.SERVER, Area.SERVER, name, what,
                breaks=FINE if part == "default" else Breaks(sender=True), **common,
            )  # fmt: skip
    for key, variable in after.items():
        if key not in before:
            needed = variable.default is None
            what = f"The variable {key!r} is new{' and has no default' if needed else ''}."
            breaks = Breaks(sender=needed, python=needed)
            comparison.add(Kind.SERVER, Area.SERVER, name, what, breaks=breaks, **common)
    comparison.docs(Area.SERVER, name, old, new, TOLD)


def compare_security(comparison: Comparison) -> None:
    """Note what changed in the security schemes."""
    before = {scheme.key: scheme for scheme in comparison.old.context.model.security}
    after = {scheme.key: scheme for scheme in comparison.new.context.model.security}
    for key in sorted({*before, *after}):
        pointer = f"/components/securitySchemes/{key}"
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            # What needs it is told of the operations.
            kind, what = Kind.REMOVED, "The security scheme is gone."
            if old is None:
                kind, what = Kind.ADDED, "New security scheme."
            comparison.add(
                kind, Area.SECURITY, key, what, old=pointer if old else None,
                new=pointer if new else None,
            )  # fmt: skip
            continue
        parts = unknown_parts(old, new, {"sensitive"})
        parts += ["name"] if old.name != new.name else []
        for part in parts:
            what = f"Its {part.replace('_', ' ')} is {_shown(new, part)}, was {_shown(old, part)}."
            comparison.add(
                Kind.SECURITY, Area.SECURITY, key, what, old=pointer, new=pointer, breaks=WIRE
            )
        if old.sensitive != new.sensitive:
            what = "It is sensitive now." if new.sensitive else "It is not sensitive any more."
            comparison.add(Kind.SENSITIVITY, Area.SECURITY, key, what, old=pointer, new=pointer)
        comparison.docs(Area.SECURITY, key, old, new, ("description",))


def _shown(thing: Any, part: str) -> str:
    value = getattr(thing, part, None)
    return "not told" if value in (None, "", ()) else f"{value}"
