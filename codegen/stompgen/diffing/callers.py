"""Compares what callers use beside the messages: the client, conversations, server stubs."""

from ..naming import method, pascal_case
from .api import Api
from .changes import Area, Breaks, Direction, Kind
from .comparison import Comparison
from .surface import Method, PythonClass


def compare_callers(comparison: Comparison) -> None:
    """Note which signatures changed; methods that came or went are told of their operations."""
    old, new = comparison.old, comparison.new
    # Operations and methods tell of the classes of conversations and replies.
    explained = tuple(map(pascal_case, old.context.model.operation_by_key))
    for name in _rest(old):
        now = comparison.renamed(name)
        if now in new.surface:
            _class(comparison, old.surface[name], new.surface[now])
        elif not name.startswith(explained):
            comparison.add(
                Kind.PYTHON, Area.API, name, "The class is gone.", direction=Direction.NONE,
                breaks=Breaks(python=True), before=f"from {{package}} import {name}",
            )  # fmt: skip


def _rest(api: Api) -> list[str]:
    """List the classes that are not made of a schema or a server."""
    servers = tuple(api.context.api.servers.values())
    return [
        name
        for name in api.surface
        if name not in api.by_name and not (servers and name.startswith(servers))
    ]


def _class(comparison: Comparison, old: PythonClass, new: PythonClass) -> None:
    renamed = {method(one): method(two) for one, two in comparison.operations.pairs.items()}
    now = {part.name: part for part in new.methods}
    for part in old.methods:
        other = now.get(renamed.get(part.name, part.name))
        if other is not None:
            _method(comparison, new.name, part, other)


def _method(comparison: Comparison, owner: str, old: Method, new: Method) -> None:
    words, breaks = comparison.signature_change(old.parameters, new.parameters)
    returned = comparison.renamed(old.returns)
    if returned != new.returns:
        words.append(f"it returns `{new.returns}`, returned `{returned}`")
        breaks = True
    if not words:
        return
    operations = {method(key): key for key in comparison.new.context.model.operation_by_key}
    key = operations.get(new.name) if owner == comparison.new.context.client else None
    is_init = new.name == "__init__"
    comparison.add(
        Kind.PYTHON,
        Area.API if key is None else Area.OPERATION,
        key or (owner if is_init else f"{owner}.{new.name}"),
        f"{'' if is_init else f'`{new.name}`: '}{'; '.join(words)}.",
        old=None if key is None else f"/operations/{key}",
        new=None if key is None else f"/operations/{key}",
        direction=Direction.NONE,
        breaks=Breaks(python=breaks),
        before=_use(comparison.old, old) if key is not None else None,
        after=_use(comparison.new, new) if key is not None else None,
    )


def _use(api: Api, part: Method) -> str:
    """Show how a method is called: for one reply, or for a conversation."""
    found = api.surface.get(part.returns)
    given = "request" if any(p.name == "request" for p in part.parameters) else ""
    if found is not None and any(base.startswith("ClientConversation") for base in found.bases):
        return f"with api.{part.name}({given}) as conversation:\n    events = list(conversation)"
    return f"reply = api.{part.name}({given})"
