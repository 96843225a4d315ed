"""The front end: datamodel-code-generator gives the names, and is not trusted blindly."""

import re

import pytest

from generating import ROOT, SPEC, document_of, read, schema_document
from stompgen.dmcg import FrontEndError, Model, Worker, ask, models_of
from stompgen.frontend import ClassNames, name_schemas
from stompgen.imports import Imports
from stompgen.naming import letters
from stompgen.normalise import build_model
from stompgen.pointers import join
from stompgen.problems import Problems
from stompgen.schema_reader import read_schemas
from stompgen.schemas import ObjectSchema, Schemas
from stompgen.views_types import ClassUse, TypeWriter

TEXT = {"type": "string"}
# Our types, as datamodel-code-generator spells them.
SPELLING = {
    r"tuple\[(\w+), \.\.\.\]": r"list[\1]",
    r"\bDateTime\b|\bDate\b": "str",
    r"\bDecimal\b": "float",
}


def names(schemas, ask=ask) -> tuple[dict[str, ClassNames], str]:
    """Name the classes that the component `Root` reaches."""
    problems = Problems()
    classes = Schemas(classes=read(schemas))
    found = name_schemas(schema_document(schemas), classes, {}, problems, ask)
    return found, str(problems)


def test_components_are_classes_and_what_stands_inside_is_named_after_its_place() -> None:
    """The name of a class says where it is, so that it does not depend on its neighbours."""
    inner = {"type": "object", "properties": {"shade": {"type": "string", "enum": ["dark red"]}}}
    found, problems = names({"Root": {"type": "object", "properties": {"colour": inner}}})
    assert problems == ""
    assert {p: n.name for p, n in found.items()} == {
        f"{ROOT}Root": "Root",
        f"{ROOT}Root/properties/colour": "RootColour",
        f"{ROOT}Root/properties/colour/properties/shade": "RootColourShade",
    }
    assert found[f"{ROOT}Root/properties/colour/properties/shade"].members == ("DARK_RED",)


@pytest.mark.parametrize(
    ("wire", "attribute"),
    [
        ("pointOfSaleId", "point_of_sale_id"),
        ("track2Data", "track2_data"),
        ("type", "type"),
        ("class", "class_"),
        ("unknown_fields", "unknown_fields_"),
        ("str", "str_"),
        ("self", "self_"),
        ("x-wp-id", "x_wp_id"),
        ("1st", "field_1st"),
    ],
)
def test_fields_are_spelled_as_python_spells_them(wire, attribute) -> None:
    """A keyword, or a name that the class body needs, gets an underscore."""
    found, problems = names({"Root": {"type": "object", "properties": {wire: TEXT}}})
    assert problems == ""
    assert found[f"{ROOT}Root"].members == (attribute,)


def test_of_two_fields_of_one_name_one_gets_letters_of_its_own() -> None:
    """They come from its name on the wire: what else is there makes no difference."""
    found, problems = names({"Root": {"type": "object", "properties": {"aB": TEXT, "a_b": TEXT}}})
    assert "warning: 'a_b' and 'aB' would both be called a_b" in problems
    assert found[f"{ROOT}Root"].members == (f"a_b_{letters('aB')}", "a_b")


def test_a_component_keeps_its_name_and_what_stands_inside_another_gets_letters() -> None:
    """No class has a number that depends on which other schemas there are."""
    status = {"type": "string", "enum": ["x"]}
    properties = {"status": status, "other": {"$ref": f"#{ROOT}RootStatus"}}
    schemas = {
        "Root": {"type": "object", "properties": properties},
        "RootStatus": {"type": "object", "properties": {"y": TEXT}},
    }
    found, problems = names(schemas)
    place = f"{ROOT}Root/properties/status"
    assert found[f"{ROOT}RootStatus"].name == "RootStatus"
    assert found[place].name == f"RootStatus_{letters(place)}"
    assert f"#{place}: warning: the class is called RootStatus_" in problems


def test_another_schema_renames_nothing() -> None:
    """Names are part of the API: adding to a document must not change what is there."""
    inner = {"type": "object", "properties": {"x": TEXT}}
    option = {"oneOf": [inner, {"type": "object", "properties": {"y": TEXT}}]}
    root = {"type": "object", "properties": {"status": inner, "result": option, "type": inner}}
    before, _ = names({"Root": root})
    more = {"type": "object", "properties": {"status": inner, "root": inner, "type": option}}
    after, _ = names(
        {
            "Root": {**root, "properties": {**root["properties"], "a": {"$ref": f"#{ROOT}A"}}},
            "A": more,
        }
    )
    assert {p: n.name for p, n in after.items() if p in before} == {
        p: n.name for p, n in before.items()
    }


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("io.example.Order", "IoExampleOrder"),
        ("a/b", "AB"),
        ("order line", "OrderLine"),
        ("1st", "N1St"),
        ("None", "None_"),
        ("日本", "日本"),
        ("Straße", "Straße"),
    ],
)
def test_a_key_of_any_kind_is_a_class(key, name) -> None:
    """Keys of `components.schemas` outside of AsyncAPI's pattern are met in the wild."""
    place = join(ROOT[:-1], key)
    problems = Problems()
    document = schema_document({key: {"type": "object", "properties": {"x": TEXT}}})
    schemas = read_schemas(document, [place], problems)
    assert name_schemas(document, schemas, {}, problems)[place].name == name


@pytest.mark.parametrize("key", ["", "-", "😀", "x" * 10_000, "\u202eevil", "~", "\x00"])
def test_a_key_without_letters_or_with_too_many_has_a_name_all_the_same(key) -> None:
    """It is an identifier of bearable length, made of the key alone."""
    place = join(ROOT[:-1], key)
    problems = Problems()
    document = schema_document({key: {"type": "object", "properties": {key: TEXT}}})
    found = name_schemas(document, read_schemas(document, [place], problems), {}, problems)[place]
    assert found.name.isidentifier()
    assert len(found.name) < 100
    assert all(name.isidentifier() and len(name) < 100 for name in found.members)


def test_names_do_not_need_datamodel_code_generator() -> None:
    """When it fails, they are made of the places of the schemas, and a warning says so."""

    def broken(_: object) -> list[Model]:
        raise RecursionError

    found, problems = names({"Root": {"type": "object", "properties": {"x": TEXT}}}, broken)
    assert found[f"{ROOT}Root"].name == "Root"
    assert "datamodel-code-generator gives no names (RecursionError)" in problems


def test_a_number_that_the_schema_has_is_no_problem() -> None:
    """`Line2` is a name."""
    found, problems = names(
        {
            "Root": {"type": "object", "properties": {"line": {"$ref": f"#{ROOT}Line2"}}},
            "Line2": {"type": "object", "properties": {"x": TEXT}},
        }
    )
    assert problems == ""
    assert found[f"{ROOT}Line2"].name == "Line2"


@pytest.mark.parametrize(("key", "name"), [("payload_part", "PayloadPart"), ("Text", "Text_")])
def test_a_component_that_cannot_be_its_class_name_is_reported(key, name) -> None:
    """The class has another name than the component: who looks for it should know."""
    found, problems = names(
        {
            "Root": {"type": "object", "properties": {"part": {"$ref": f"#{ROOT}{key}"}}},
            key: {"type": "object", "properties": {"x": TEXT}},
        }
    )
    assert f"warning: the class of this component is called {name}" in problems
    assert found[ROOT + key].name == name


def test_a_class_without_an_answer_is_named_after_its_place() -> None:
    """What the front end leaves out has a name all the same."""
    inner = {"type": "object", "properties": {"y": TEXT}}
    root = {"type": "object", "properties": {"lines": {"type": "array", "items": inner}}}
    found, _ = names({"Root": root}, lambda _: [])
    assert {n.name for n in found.values()} == {"Root", "RootLinesItem"}


def test_metadata_of_another_version_are_refused() -> None:
    """What the next version means is not known."""
    with pytest.raises(FrontEndError, match="unknown version 2"):
        models_of({"version": 2, "models": []})


def test_a_model_without_a_place_is_refused() -> None:
    """Without its path a class cannot be told from another."""
    with pytest.raises(FrontEndError, match="X has no source_path"):
        names({"Root": {"type": "object"}}, lambda _: [{"class_name": "X", "fields": []}])


def test_a_worker_answers_the_same() -> None:
    """Whether it is asked here or in another process makes no difference."""
    schemas = {"Root": {"type": "object", "properties": {"x": {"type": "string"}}}}
    with Worker() as worker:
        assert worker.ask(schemas) == ask(schemas)


def test_a_worker_that_is_not_asked_goes_away() -> None:
    """A document with errors is never asked about."""
    with Worker():
        pass


@pytest.fixture(scope="module")
def real() -> tuple[Schemas, dict[str, ClassNames], str]:
    """Schemas and names of the real document."""
    problems = Problems()
    document = document_of(SPEC.read_bytes())
    model = build_model(document, problems)
    roots = [p for m in model.messages for p in (m.payload, m.headers) if p is not None]
    schemas = read_schemas(document, roots, problems)
    found = name_schemas(document, schemas, {}, problems)
    return schemas, found, "\n".join(map(str, problems.errors))


def test_each_component_of_the_document_is_the_class_of_its_name(real) -> None:
    """Key of the component = name of the class."""
    _, found, problems = real
    assert problems == ""
    assert {p.removeprefix(ROOT) for p in found} == {n.name for n in found.values()}


def test_datamodel_code_generator_sees_the_same_types(real) -> None:
    """A second opinion on every field: ours comes from the rules, its own from the schema."""
    schemas, found, _ = real
    uses = {
        p: ClassUse(name=n.name, schema=schemas.classes[p], constant="") for p, n in found.items()
    }
    writer = TypeWriter(Imports("stompws"), uses)
    for pointer, schema in schemas.classes.items():
        if isinstance(schema, ObjectSchema):
            for field, theirs in zip(schema.fields, found[pointer].types, strict=True):
                ours = writer.annotation(field.value, optional=not field.required)
                for pattern, spelling in SPELLING.items():
                    ours = re.sub(pattern, spelling, ours)
                assert ours == theirs, f"{pointer}: {field.wire}"
