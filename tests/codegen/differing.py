"""Two documents and what `stompgen.diffing` says of them."""

import json
from collections.abc import Mapping
from typing import Any

from stompgen import dmcg
from stompgen.diffing import Api, Change, Difference, compare, read_api
from stompgen.document import Document, parse
from stompgen.pointers import Json
from stompgen.problems import Problems

_ANSWERS: dict[str, list[dmcg.Model]] = {}


def ask(schemas: Mapping[str, Json]) -> list[dmcg.Model]:
    """Ask datamodel-code-generator once for each set of names: most changes leave them alone."""
    key = json.dumps(schemas)
    if key not in _ANSWERS:
        _ANSWERS[key] = list(dmcg.ask(dict(schemas)))
    return _ANSWERS[key]


def document_of(data: Any, name: str = "order.json") -> Document:
    """Read a document that is an object."""
    problems = Problems()
    document = parse(json.dumps(data), name, problems)
    assert document is not None, str(problems)
    return document


def api_of(data: Any) -> Api:
    """Make all of a document that a comparison needs."""
    api = maybe_api(data)
    assert api is not None
    return api


def maybe_api(data: Any) -> Api | None:
    """Do the same; None when no code can be made of the document."""
    return read_api(document_of(data), Problems(), ask=ask)


def difference(old: Any, new: Any) -> Difference:
    """Compare two documents given as data."""
    return compare(api_of(old), api_of(new))


def marks(change: Change) -> str:
    """Whom a change breaks, in letters: sender, receiver, Python."""
    breaks = change.breaks
    return "".join(
        letter
        for letter, broken in zip(
            "srp", (breaks.sender, breaks.receiver, breaks.python), strict=True
        )
        if broken
    )
