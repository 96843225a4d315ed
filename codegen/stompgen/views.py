"""What all generated modules have in common: where they lie, their header, their imports."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath

import attrs

from .api_names import ApiNames
from .document import Document
from .frontend import ClassNames
from .imports import Imports
from .model import ApiModel, MessageModel, ServerModel
from .naming import constant_case, letters
from .problems import Problems
from .schemas import AliasSchema, Schemas, UnionSchema

UNSAFE_IN_COMMENT = re.compile(r"[^\w.+ -]")


@attrs.frozen(kw_only=True)
class ModuleView:
    """One generated module: a template and what it shows."""

    path: str
    template: str
    doc: str
    imports: tuple[str, ...] = ()
    """Blocks of import lines."""
    content: object = None


@attrs.frozen(kw_only=True, slots=False, eq=False)
class Context:
    """What the views are made from."""

    document: Document
    model: ApiModel
    schemas: Schemas
    names: Mapping[str, ClassNames]
    homes: Mapping[str, str]
    """Module of each class, by pointer: `payments`, `common` …"""
    api: ApiNames
    runtime: str
    client: str
    """Name of the client class."""
    problems: Problems
    has_client: bool
    """False when no server speaks STOMP: then all is data."""
    servers: tuple[ServerModel, ...]
    """Those that the client can connect to."""

    def imports(self, depth: int = 0) -> Imports:
        """Start the imports of a module that lies some folders deep in the package."""
        inside = self.runtime.startswith(".")
        return Imports(("." * depth if inside else "") + self.runtime)

    def class_of(self, pointer: str | None, imports: Imports) -> str | None:
        """Use a message class in a module of the package; None when it has none."""
        pointer = self.schemas.message_class(pointer)
        if pointer is None or pointer not in self.names:
            return None
        name = self.names[pointer].name
        imports.name(f".messages.{self.homes[pointer]}", name)
        return name

    @cached_property
    def constants(self) -> Mapping[str, str]:
        """Names of the constants that hold the rules of unions, by pointer."""
        taken = {named.name for named in self.names.values()}
        found: dict[str, str] = {}
        for pointer, schema in self.schemas.classes.items():
            if pointer in self.names and isinstance(schema, UnionSchema | AliasSchema):
                name = constant_case(self.names[pointer].name)
                name = name if name not in taken else f"{name}_RULE"
                name = name if name not in taken else f"{name}_{letters(pointer).upper()}"
                taken.add(name)
                found[pointer] = name
        return found

    def payload_of(self, key: str, imports: Imports) -> str:
        """Use the payload's class of a message; `Raw` when it is not converted.

        A client knows JSON only. Where there is none, another program may make the payload of
        something else, so that its class is of use.
        """
        message = self.message(key)
        known = message.is_json or not self.has_client
        if known and (name := self.class_of(message.payload, imports)) is not None:
            return name
        imports.runtime("shapes", "Raw")
        return "Raw"

    def message(self, key: str) -> MessageModel:
        """Return a message by key."""
        return self.model.message_by_key[key]

    def report(self, pointer: str, what: str, advice: str, severity: str = "error") -> None:
        """Add a problem."""
        self.problems.add(self.document.problem(pointer, what, advice, severity))


def header(model: ApiModel) -> str:
    """The first lines of each generated file. They name the document, not where it lies."""
    name = UNSAFE_IN_COMMENT.sub("_", PurePosixPath(model.source_name).name)
    version = UNSAFE_IN_COMMENT.sub("_", model.version)
    return (
        f"# Generated from {name} by stompgen. Do not edit.\n"
        f"# API {version}, sha256 {model.digest[:12]}…"
    )
