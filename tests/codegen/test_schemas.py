"""Schemas: references, overlays, limits, unions; and what cannot be expressed is reported."""

import pytest

from generating import ROOT, read, read_object, with_field
from stompgen.schemas import (
    Anything,
    Array,
    Const,
    EnumSchema,
    Map,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    Scalar,
    ScalarKind,
    UnionSchema,
    Value,
)

CAT = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string", "const": "cat"}},
}
DOG = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string", "const": "dog"}},
}
OTHER = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string", "not": {"enum": ["cat", "dog"]}}},
}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#{ROOT}{name}"}


def union(*names: str) -> dict[str, object]:
    return {
        "type": "object",
        "discriminator": "kind",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "oneOf": [ref(name) for name in names],
    }


def value_of(schema, **others) -> Value:
    return read_object(with_field(schema, **others)).fields[0].value


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, Scalar(kind=ScalarKind.TEXT)),
        (
            {"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^x$"},
            Scalar(
                kind=ScalarKind.TEXT,
                limits=(("min_length", 1), ("max_length", 3), ("pattern", "^x$")),
            ),
        ),
        (
            {"type": "integer", "format": "int64", "minimum": 0, "multipleOf": 5},
            Scalar(kind=ScalarKind.INTEGER, limits=(("minimum", 0), ("multiple_of", 5))),
        ),
        (
            {"type": "number", "exclusiveMinimum": 0.5},
            Scalar(kind=ScalarKind.NUMBER, limits=(("exclusive_minimum", 0.5),)),
        ),
        ({"type": "boolean"}, Scalar(kind=ScalarKind.BOOLEAN)),
        ({"type": "string", "format": "date-time"}, Scalar(kind=ScalarKind.DATE_TIME)),
        ({"type": "string", "format": "date"}, Scalar(kind=ScalarKind.DATE)),
        ({"const": "x"}, Const(value="x")),
        ({"const": True}, Const(value=True)),
        ({}, Anything()),
        ({"description": "Anything at all."}, Anything()),
        ({"type": "object"}, Map(values=Value(type=Anything()))),
        (
            {"type": "object", "additionalProperties": {"type": "boolean"}, "minProperties": 1},
            Map(
                values=Value(type=Scalar(kind=ScalarKind.BOOLEAN)), limits=(("min_properties", 1),)
            ),
        ),
        (
            {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "uniqueItems": True},
            Array(
                items=Value(type=Scalar(kind=ScalarKind.BOOLEAN)),
                limits=(("min_items", 1), ("unique", True)),
            ),
        ),
        ({"type": "array", "uniqueItems": False}, Array(items=Value(type=Anything()))),
    ],
)
def test_values(schema, expected) -> None:
    """Each kind of schema has its type, and each limit is one of its rule's arguments."""
    assert value_of(schema) == Value(type=expected)


@pytest.mark.parametrize(
    "schema", [{"type": ["string", "null"]}, {"type": "string", "nullable": True}]
)
def test_null_is_said_by_the_type_or_by_nullable(schema) -> None:
    """JSON Schema's way and OpenAPI's, which documents use too."""
    assert value_of(schema) == Value(type=Scalar(kind=ScalarKind.TEXT), nullable=True)


def test_a_nullable_enum_has_no_member_for_null() -> None:
    """Null is no text; it is said by the value."""
    schemas = with_field({"type": ["string", "null"], "enum": ["a", None]})
    found = read(schemas)
    enum = found[f"{ROOT}Root/properties/field"]
    assert isinstance(enum, EnumSchema)
    assert [member.value for member in enum.members] == ["a"]
    assert read_object(schemas).fields[0].value.nullable


def test_required_fields_come_first_and_in_their_order() -> None:
    """The list has an order; the map of properties has none that counts, so it is by name."""
    text = {"type": "string"}
    root = {"type": "object", "required": ["d", "b"], "properties": dict.fromkeys("dcba", text)}
    assert [field.wire for field in read_object({"Root": root}).fields] == ["d", "b", "a", "c"]


def test_a_reference_to_a_scalar_is_the_scalar() -> None:
    """Only objects, enums and unions have classes."""
    found = read_object(with_field(ref("Text"), Text={"type": "string", "description": "A text."}))
    assert found.fields[0].value.type == Scalar(kind=ScalarKind.TEXT)
    assert found.fields[0].doc.description == "A text."


def test_an_overlay_replaces_annotations_and_inherits_the_others() -> None:
    """`allOf` with one reference: description of the overlay, everything else of the reference."""
    amount = {
        "type": "integer",
        "description": "An amount.",
        "x-unit": "currency-minor",
        "x-source": {"from": "a", "confidence": "high"},
        "x-sensitive": True,
    }
    overlay = {"allOf": [ref("Amount")], "description": "The price.", "x-unit-of": "currency"}
    field = read_object(with_field(overlay, Amount=amount)).fields[0]
    assert (field.doc.description, field.doc.unit) == ("The price.", "currency-minor")
    assert field.doc.unit_of == "currency"
    assert field.value.sensitive
    assert not field.guessed


def test_an_overlay_tightens_limits() -> None:
    """All parts of `allOf` have to hold."""
    overlay = {"allOf": [ref("Text"), {"maxLength": 5}], "minLength": 2}
    text = {"type": "string", "minLength": 1, "maxLength": 9}
    found = value_of(overlay, Text=text).type
    assert isinstance(found, Scalar)
    assert dict(found.limits) == {"min_length": 2, "max_length": 5}


def test_an_overlay_on_an_object_keeps_its_class() -> None:
    """Another description makes no other class."""
    overlay = {"allOf": [ref("Inner")], "description": "The inner one."}
    inner = {"type": "object", "properties": {"x": {"type": "string"}}}
    assert value_of(overlay, Inner=inner) == Value(type=Named(pointer=f"{ROOT}Inner"))


def test_parts_of_an_object_become_one_class() -> None:
    """`allOf` of objects has the properties and the required ones of all."""
    schemas = {
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "Root": {"allOf": [ref("Base"), {"type": "object", "properties": {"x": ref("Text")}}]},
        "Text": {"type": "string"},
    }
    found = read(schemas)
    assert list(found) == [f"{ROOT}Root"]
    root = read_object(schemas)
    assert [(field.wire, field.required) for field in root.fields] == [("id", True), ("x", False)]


@pytest.mark.parametrize(
    ("own", "owner", "target", "guessed"),
    [
        (None, None, None, False),
        ("high", "low", "low", False),
        ("medium", "high", "high", True),
        (None, "high", "low", True),
        (None, "low", "high", False),
        (None, "invented", None, True),
    ],
)
def test_the_nearest_source_decides_whether_a_rule_is_a_guess(own, owner, target, guessed) -> None:
    """That of the property, else that of the scalar it refers to, else that of its object."""

    def marked(schema, confidence):
        source = {"x-source": {"from": "a", "confidence": confidence}}
        return {**schema, **(source if confidence else {})}

    schemas = {
        "Root": marked(
            {"type": "object", "properties": {"field": marked({"allOf": [ref("Text")]}, own)}},
            owner,
        ),
        "Text": marked({"type": "string"}, target),
    }
    assert read_object(schemas).fields[0].guessed is guessed


@pytest.mark.parametrize(
    ("own", "target", "told"),
    [("medium", "low", "medium"), (None, "low", "low"), (None, None, "high")],
)
@pytest.mark.parametrize("type_", ["string", "object"])
def test_the_nearest_source_is_told(own, target, told, type_) -> None:
    """That of the property, else that of the schema it refers to, else that of its object."""

    def marked(schema, confidence):
        source = {"x-source": {"from": "a", "confidence": confidence}}
        return {**schema, **(source if confidence else {})}

    field = marked({"allOf": [ref("Target")]}, own)
    schemas = {
        "Root": marked({"type": "object", "properties": {"field": field}}, "high"),
        "Target": marked(
            {"type": type_, **({"properties": {}} if type_ == "object" else {})}, target
        ),
    }
    source = read_object(schemas).fields[0].doc.source
    assert source is not None
    assert source.confidence == told


def test_a_list_of_secrets_is_a_secret() -> None:
    """What holds something sensitive is sensitive."""
    assert value_of({"type": "array", "items": {"type": "string", "x-sensitive": True}}).sensitive


def test_an_open_enum_keeps_the_descriptions_and_sorts_the_values() -> None:
    """`x-open-enum` is a map: its order means nothing."""
    schema = {"type": "string", "x-open-enum": {"b": None, "a": "The first."}}
    found = read(with_field(schema))[f"{ROOT}Root/properties/field"]
    assert isinstance(found, OpenEnumSchema)
    assert [(m.value, m.description) for m in found.members] == [("a", "The first."), ("b", None)]


def test_a_union_with_a_catch_all_is_open() -> None:
    """The catch-all variant has no class: what is unknown is kept as it came."""
    schemas = with_field(union("Cat", "Dog", "Other"), Cat=CAT, Dog=DOG, Other=OTHER)
    found = read(schemas)
    pet = found[f"{ROOT}Root/properties/field"]
    assert isinstance(pet, UnionSchema)
    assert (pet.tag, pet.open) == ("kind", True)
    assert pet.variants == (f"{ROOT}Cat", f"{ROOT}Dog")
    assert f"{ROOT}Other" not in found


def test_a_union_without_a_catch_all_is_closed() -> None:
    """Nothing else is expected."""
    found = read(with_field(union("Cat", "Dog"), Cat=CAT, Dog=DOG))
    pet = found[f"{ROOT}Root/properties/field"]
    assert isinstance(pet, UnionSchema)
    assert not pet.open


def test_an_object_may_contain_itself() -> None:
    """Between two classes a circle is allowed."""
    schemas = {"Root": {"type": "object", "properties": {"next": ref("Root")}}}
    assert isinstance(read(schemas)[f"{ROOT}Root"], ObjectSchema)


@pytest.mark.parametrize(
    ("others", "tagged"),
    [
        ({}, True),
        ({"Dog": CAT}, False),
        ({"Dog": {**DOG, "required": []}}, False),
        ({"Dog": {**DOG, "type": ["object", "null"]}}, False),
        ({"Other": {**OTHER, "properties": {"kind": {"not": {"enum": ["cat"]}}}}}, False),
    ],
)
def test_only_constants_that_differ_make_a_tagged_union(others, tagged) -> None:
    """Otherwise the alternatives are tried: which one fits, the values decide."""
    schemas = with_field(union("Cat", "Dog", "Other"), Cat=CAT, Dog=DOG, Other=OTHER)
    found = read({**schemas, **others})
    assert (f"{ROOT}Root/properties/field" in found) is tagged


@pytest.mark.parametrize(
    ("values", "tagged"), [(["cat", "dog"], True), (["cat"], False), (["cat", "dog", "cow"], False)]
)
def test_a_union_may_restate_its_tags(values, tagged) -> None:
    """Beside `oneOf` the tag may be listed again, as long as it is the same list."""
    pet = {**union("Cat", "Dog"), "properties": {"kind": {"type": "string", "enum": values}}}
    found = read(with_field(pet, Cat=CAT, Dog=DOG))
    assert isinstance(found.get(f"{ROOT}Root/properties/field"), UnionSchema) is tagged


@pytest.mark.parametrize("values", [{"x-open-enum": {"a": None}}, {"enum": ["a"]}])
def test_limits_beside_an_enum_are_kept(values) -> None:
    """They hold too: an open list takes no text that breaks them."""
    found = value_of({"type": "string", "maxLength": 3, **values}).type
    assert found == Named(pointer=f"{ROOT}Root/properties/field", limits=(("max_length", 3),))
