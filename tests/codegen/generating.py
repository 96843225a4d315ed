"""Documents for the tests of the generator, and their way through it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stompgen.document import Document, parse
from stompgen.generate import generate
from stompgen.normalise import build_model
from stompgen.problems import Problems
from stompgen.schema_reader import read_schemas
from stompgen.schemas import ClassSchema, ObjectSchema
from stompgen.traits import apply_traits

CASES = Path(__file__).parent / "cases"
SPEC = Path(__file__).parents[2] / "spec" / "ips-payment-4.0.1.yaml"
ROOT = "/components/schemas/"

Schema = dict[str, Any]


def document_of(text: str | bytes, name: str = "spec.yaml") -> Document:
    """Read a document in which the reader finds no fault, and apply its traits."""
    problems = Problems()
    document = parse(text, name, problems)
    assert str(problems) == ""
    assert document is not None
    return apply_traits(document)


def files_of(text: str | bytes, runtime: str = "stompws") -> dict[str, str]:
    """Generate a package that has no errors."""
    document, problems = document_of(text), Problems()
    model = build_model(document, problems)
    files = generate(document, model, package="pkg", runtime=runtime, problems=problems)
    assert problems.errors == ()
    return files


def schema_document(schemas: Mapping[str, Schema]) -> Document:
    """A document that has schemas only; not read from a text, so that any key may stand there."""
    data = {"asyncapi": "3.0.0", "components": {"schemas": dict(schemas)}}
    return Document(source_name="spec.yaml", data=data, positions={})


def read(schemas: Mapping[str, Schema], root: str = "Root") -> dict[str, ClassSchema]:
    """Read the classes that one component reaches, by pointer; there must be no problem."""
    problems = Problems()
    found = read_schemas(schema_document(schemas), [ROOT + root], problems)
    assert str(problems) == ""
    return dict(found.classes)


def read_object(schemas: Mapping[str, Schema], name: str = "Root") -> ObjectSchema:
    """Read one object."""
    found = read(schemas, name)[ROOT + name]
    assert isinstance(found, ObjectSchema)
    return found


def with_field(schema: Schema, **others: Schema) -> dict[str, Schema]:
    """Components with an object whose one field has the schema, and others beside it."""
    return {"Root": {"type": "object", "properties": {"field": schema}}, **others}
