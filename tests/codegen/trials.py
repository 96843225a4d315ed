"""Packages generated of schemas and used at once: what they read, keep and send."""

import importlib
import itertools
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from generating import Schema
from stompgen.document import Document
from stompgen.generate import generate
from stompgen.normalise import build_model
from stompgen.output import write_tree
from stompgen.pointers import join
from stompgen.problems import Problems
from stompws.codec import Codec
from stompws.decoding import codec_of

_NUMBERS = itertools.count()


def document_with_messages(schemas: Mapping[str, Schema | bool]) -> Document:
    """A document in which each schema is the payload of a message of its own, by number.

    It is not read from a text, so that any key and any text may stand in it.
    """
    messages = {
        f"m{index}": {
            "payload": {"$ref": "#" + join("/components/schemas", key).replace("%", "%25")}
        }
        for index, key in enumerate(schemas)
    }
    data: dict[str, Any] = {
        "asyncapi": "3.0.0",
        "info": {"title": "Trial", "version": "1"},
        "channels": {"c": {"address": "/c", "messages": messages}},
        "operations": {"send": {"action": "send", "channel": {"$ref": "#/channels/c"}}},
        "components": {"schemas": dict(schemas)},
    }
    return Document(source_name="trial.yaml", data=data, positions={})


def package_of(schemas: Mapping[str, Schema | bool]) -> tuple[str, dict[str, str], Problems]:
    """Generate a package of schemas; its name, files and problems."""
    problems = Problems()
    document = document_with_messages(schemas)
    model = build_model(document, problems)
    name = f"trial_{next(_NUMBERS)}"
    files = generate(document, model, package=name, runtime="stompws", problems=problems)
    assert problems.errors == ()
    return name, files, problems


@contextmanager
def imported(name: str, files: Mapping[str, str], folder: Path) -> Iterator[ModuleType]:
    """Import the operations of a generated package."""
    write_tree(dict(files), folder)
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(f"{name}.operations")
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
            del sys.modules[module]


def codecs(
    operations: ModuleType, schemas: Mapping[str, Schema | bool]
) -> Iterator[tuple[str, Codec, type[Any]]]:
    """Yield key, codec and class of each schema."""
    codec = codec_of(operations.API)
    classes = {message.name: message.payload for message in operations.API.messages}
    for index, key in enumerate(schemas):
        yield key, codec, classes[f"m{index}"]
