"""Schemas: references, overlays, limits, unions; and what cannot be expressed is reported."""

import pytest

from generating import ROOT, read, read_object, schema_document, with_field
from stompgen.problems import Problems
from stompgen.schema_reader import component_schemas, read_schemas
from stompgen.schemas import (
    AliasSchema,
    Among,
    Anything,
    Array,
    Const,
    Either,
    EnumSchema,
    Map,
    Named,
    Never,
    ObjectSchema,
    OpenEnumSchema,
    Row,
    Scalar,
    ScalarKind,
    UnionSchema,
    Value,
    WholeSchema,
)

TEXT, BOOLEAN = Scalar(kind=ScalarKind.TEXT), Scalar(kind=ScalarKind.BOOLEAN)
DATE = Scalar(kind=ScalarKind.DATE)
SHORT = Value(type=Scalar(kind=ScalarKind.TEXT, limits=(("max_length", 3),)))
TEXT_OR_NULL = Value(type=SHORT.type, nullable=True)

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
        ({"type": "array", "items": False}, Array(items=Value(type=Never()))),
        (
            {"type": "array", "items": [{"type": "boolean"}], "additionalItems": False},
            Row(items=(Value(type=BOOLEAN),), rest=None),
        ),
        (
            {"type": "array", "items": [True], "maxItems": 2},
            Row(
                items=(Value(type=Anything()),),
                rest=Value(type=Anything()),
                limits=(("max_items", 2),),
            ),
        ),
        (False, Never()),
        ({"type": "null"}, Const(value=None)),
        ({"enum": [1, "a", True, 1.0]}, Among(values=(1, "a", True))),
        ({"type": "string", "enum": [1]}, Never()),
        ({"type": ["string", "null"], "maxLength": 3, "minimum": 1}, TEXT_OR_NULL),
        (
            {"type": ["string", "boolean"], "maxLength": 3},
            Either(variants=(SHORT, Value(type=BOOLEAN)), one=False),
        ),
        (
            {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "boolean"}]},
            Either(variants=(SHORT, Value(type=BOOLEAN)), one=True),
        ),
        ({"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 3}]}, TEXT_OR_NULL),
        (
            {"type": "integer", "minimum": 5, "exclusiveMinimum": True},
            Scalar(kind=ScalarKind.INTEGER, limits=(("exclusive_minimum", 5),)),
        ),
    ],
)
def test_values(schema, expected) -> None:
    """Each kind of schema has its type, and each limit is one of its rule's arguments."""
    assert value_of(schema) == (expected if isinstance(expected, Value) else Value(type=expected))


@pytest.mark.parametrize(
    ("schema", "type_", "conditions"),
    [
        ({"type": "string", "not": {"const": "x"}}, TEXT, {"not": {"const": "x"}}),
        ({"minLength": 2}, Anything(), {"minLength": 2}),
        ({"const": 1.5}, Scalar(kind=ScalarKind.NUMBER), {"const": 1.5}),
        ({"enum": [{"a": 1}]}, Anything(), {"enum": [{"a": 1}]}),
        ({"type": "string", "format": "date", "minLength": 3}, DATE, {"minLength": 3}),
        (
            {"allOf": [{"multipleOf": 2}, {"multipleOf": 3}], "type": "integer"},
            Scalar(kind=ScalarKind.INTEGER, limits=(("multiple_of", 2),)),
            {"multipleOf": 3},
        ),
        (
            {"type": "array", "contains": {"$ref": f"#{ROOT}Text"}},
            Array(items=Value(type=Anything())),
            {"contains": {"$ref": "#/definitions/d0"}, "definitions": {"d0": {"type": "string"}}},
        ),
    ],
)
def test_what_a_type_cannot_say_is_a_condition(schema, type_, conditions) -> None:
    """It stands alone: what it refers to comes along, without descriptions."""
    text = {"type": "string", "description": "A text.", "x-source": {"from": "a"}}
    assert value_of(schema, Text=text) == Value(type=type_, conditions=conditions)


def test_a_pattern_that_cannot_be_checked_is_told() -> None:
    """The schema is read all the same, and the field says what it does not check."""
    problems = Problems()
    schemas = with_field({"type": "string", "not": {"pattern": "(?i)x"}})
    found = read_schemas(schema_document(schemas), [f"{ROOT}Root"], problems).classes[f"{ROOT}Root"]
    assert isinstance(found, ObjectSchema)
    assert found.fields[0].value.unchecked == ("pattern",)
    assert "/not/pattern: warning: this pattern cannot be checked" in str(problems)


def test_a_closed_object_has_no_place_for_others() -> None:
    """What is required of others then can never be there."""
    root = {"type": "object", "required": ["x"], "additionalProperties": False}
    found = read_object({"Root": root})
    assert found.closed
    assert [(f.wire, f.value) for f in found.fields] == [("x", Value(type=Never()))]


@pytest.mark.parametrize(
    ("schema", "rest"),
    [
        ({}, None),
        ({"additionalProperties": True}, Value(type=Anything())),
        ({"additionalProperties": {"type": "boolean"}}, Value(type=BOOLEAN)),
        ({"patternProperties": {"^x": {"type": "boolean"}}}, Value(type=Anything())),
        (
            {"patternProperties": {"^x": {"type": "boolean"}}, "additionalProperties": False},
            Value(type=BOOLEAN),
        ),
    ],
)
def test_further_properties_have_a_place_when_the_document_speaks_of_them(schema, rest) -> None:
    """Else they are unknown: kept, and not sent."""
    root = {"type": "object", "properties": {"a": {"type": "string"}}, **schema}
    assert read_object({"Root": root}).rest == rest


def test_a_parent_does_not_close_its_child() -> None:
    """`additionalProperties` counts the properties beside it: with others it is a condition."""
    base = {"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "string"}}
    child = {"allOf": [ref("Base"), {"type": "object", "properties": {"b": {"type": "string"}}}]}
    found = read_object({"Root": child, "Base": base})
    assert [field.wire for field in found.fields] == ["a", "b"]
    assert found.conditions == {
        "additionalProperties": {"type": "string"},
        "properties": {"a": True},
    }


def test_a_child_may_say_more_of_a_property() -> None:
    """Both schemas hold for it."""
    base = {"type": "object", "properties": {"a": {"type": "string", "minLength": 1}}}
    child = {"allOf": [ref("Base"), {"type": "object", "properties": {"a": {"maxLength": 3}}}]}
    (field,) = read_object({"Root": child, "Base": base}).fields
    assert isinstance(field.value.type, Scalar)
    assert dict(field.value.type.limits) == {"min_length": 1, "max_length": 3}


@pytest.mark.parametrize(
    "schema", [{"type": "string"}, {"type": "array"}, {"oneOf": [{"type": "null"}]}, True]
)
def test_a_message_that_is_no_object_has_a_class_that_holds_it(schema) -> None:
    """What is sent and received is an instance of a class, whatever it is on the wire."""
    assert isinstance(read({"Root": schema})[f"{ROOT}Root"], WholeSchema)


def test_a_list_of_itself_has_a_class() -> None:
    """A circle without an object in between needs one in Python."""
    found = read(with_field(ref("A"), A={"type": "array", "items": ref("A")}))
    whole = found[f"{ROOT}A"]
    assert isinstance(whole, WholeSchema)
    assert whole.value.type == Array(items=Value(type=Named(pointer=f"{ROOT}A")))


def test_what_is_named_and_not_used_has_a_class_too() -> None:
    """Maps, alternatives and second names are aliases."""
    schemas = {
        "Root": {"type": "object", "properties": {}},
        "Second": ref("Root"),
        "Map": {"type": "object", "additionalProperties": {"type": "string"}},
        "Choice": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        "Text": {"type": "string"},
    }
    document, problems = schema_document(schemas), Problems()
    found = read_schemas(document, [], problems, component_schemas(document)).classes
    assert {pointer.removeprefix(ROOT): type(schema) for pointer, schema in found.items()} == {
        "Root": ObjectSchema,
        "Second": AliasSchema,
        "Map": AliasSchema,
        "Choice": AliasSchema,
    }


def test_alternatives_that_branch_take_no_exponential_time() -> None:
    """Twenty-four levels of two references each would be sixteen million types."""
    schemas = {f"L{i}": {"oneOf": [ref(f"L{i + 1}")] * 2} for i in range(24)}
    schemas |= {f"M{i}": {"allOf": [ref(f"M{i + 1}")] * 2} for i in range(24)}
    schemas |= {"L24": {"type": "string"}, "M24": {"type": "string"}}
    schemas["Root"] = {"type": "object", "properties": {"l": ref("L0"), "m": ref("M0")}}
    assert len(read(schemas)) < 30


@pytest.mark.parametrize("keyword", ["items", "additionalProperties", "not", "anyOf", "allOf"])
def test_schemas_deep_inside_each_other_end_in_no_exception(keyword) -> None:
    """Four hundred levels: classes in between, or a warning about what is not checked."""

    def around(inner):
        return {keyword: [inner] if keyword.endswith("Of") else inner}

    schemas = {f"L{i}": around(ref(f"L{i + 1}")) for i in range(400)}
    schemas |= {"L400": {"type": "string"}}
    document, problems = schema_document(schemas), Problems()
    read_schemas(document, [f"{ROOT}L0"], problems, component_schemas(document))
    assert problems.errors == ()


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
