"""Examples, defaults and variables' values fit the schemas they stand for."""

from collections.abc import Iterator
from typing import Any, cast

from jsonschema import Draft7Validator, ValidationError
from jsonschema import validators as validator_tools
from jsonschema.exceptions import UndefinedTypeCheck, UnknownType

from .bounded import Patience, TakesTooLongError
from .document import Document
from .messages import message_pointers, schema_of
from .pointers import Json, as_list, as_object, as_text, join, reference, referred, texts
from .problems import Problems
from .schema_check import all_schemas
from .semantics import value_as
from .structure import Structure
from .words import kind_of

MAX_STEPS = 50_000
"""Schemas looked at for one value."""
MAX_ALL_STEPS = 300_000
"""The same for all values of a document."""
ADVICE = "mend the example or the schema"
Errors = Iterator[ValidationError]


def check_examples(document: Document, structure: Structure, problems: Problems) -> None:
    """Report values that their own schemas refuse. The schemas themselves must be right.

    An example of a message is an error in a 2.x document, as for AsyncAPI's own parser; in a 3.x
    document, where that does not look at it, a warning.
    """
    checker = _Checker(document, problems)
    severity = "error" if document.upgraded else "warning"
    for message in message_pointers(document, structure):
        schemas = {part: schema_of(document, message, part) for part in ("headers", "payload")}
        examples = as_list(as_object(document.at(message)).get("examples"))
        for index, item in enumerate(examples):
            for part, target in schemas.items():
                if target is not None and part in (example := as_object(item)):
                    place = join(message, "examples", index, part)
                    schema: dict[str, Json] = {"$ref": reference(target)}
                    checker.check(place, example[part], schema, severity)
    for pointer, schema in all_schemas(document, structure):
        if "default" in schema:
            checker.check(join(pointer, "default"), schema["default"], schema, "warning")
        for index, value in enumerate(as_list(schema.get("examples"))):
            checker.check(join(pointer, "examples", index), value, schema, "warning")
    for pointer in structure.of_kind("ServerVariable"):
        checker.variable(pointer, as_object(document.written(pointer)))


class _Checker:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document = document
        self._problems = problems
        self._patience = Patience()
        self._steps = 0
        self._steps_left = MAX_ALL_STEPS
        tools: Any = validator_tools  # whose stubs say nothing of what `create` returns
        keywords = {
            **Draft7Validator.VALIDATORS,
            "$ref": self._reference,
            "pattern": self._pattern,
            "patternProperties": self._pattern_properties,
            "additionalProperties": self._additional_properties,
            "uniqueItems": _unique_items,
        }
        # Made anew rather than extended, so that `$id` means nothing: references are followed
        # by the document, and an odd `$id` must not end in an exception.
        self._validator: Any = tools.create(
            meta_schema={},
            validators=keywords,
            type_checker=Draft7Validator.TYPE_CHECKER,
            id_of=_no_id,
            applicable_validators=self._keywords,
        )

    def check(
        self, pointer: str, value: Json, schema: dict[str, Json], severity: str = "error"
    ) -> None:
        """Report every place where a value does not fit a schema."""
        self._steps = min(MAX_STEPS, self._steps_left)
        budget = self._steps
        try:
            errors: list[ValidationError] = list(self._validator(schema).iter_errors(value))
        except RecursionError:
            what, advice = "the schema refers to itself without end", "let it end somewhere"
            self._problems.add(self._document.problem(pointer, what, advice, "warning"))
            return
        except (_TooManyStepsError, TakesTooLongError):
            what, advice = "judging the value by its schema takes too long", "simplify the schema"
            self._problems.add(self._document.problem(pointer, what, advice, "warning"))
            return
        except (UnknownType, UndefinedTypeCheck, ArithmeticError, TypeError, ValueError):
            # Their texts quote the value, which may be a card number.
            what, advice = "the value cannot be judged by its schema", "mend the schema"
            self._problems.add(self._document.problem(pointer, what, advice, "warning"))
            return
        finally:
            self._steps_left -= budget - self._steps
        for error in errors:
            for leaf in _leaves(error):
                place = join(pointer, *leaf.absolute_path)
                what = _in_words(leaf)
                self._problems.add(self._document.problem(place, what, ADVICE, severity))

    def variable(self, pointer: str, variable: dict[str, Json]) -> None:
        """Check the values of a server variable by its `x-schema`."""
        schema = as_object(variable.get("x-schema"))
        default = as_text(variable.get("default"))
        if default is not None:
            self.check(join(pointer, "default"), value_as(schema, default), schema)
        for name in ("enum", "examples"):
            for index, text in enumerate(texts(as_list(variable.get(name)))):
                self.check(join(pointer, name, index), value_as(schema, text), schema)

    def _reference(self, validator: Any, target: Any, instance: Any, _: Any) -> Errors:
        """Follow a reference within the document; dangling ones have been reported."""
        found = self._document.find(referred(target)) if isinstance(target, str) else None
        if found is not None and isinstance(found[1], dict | bool):
            yield from validator.descend(instance, found[1])

    def _keywords(self, schema: dict[str, Any]) -> list[tuple[str, Any]]:
        """Siblings of a reference are ignored: JSON Reference, section 3."""
        self._steps -= 1
        if self._steps < 0:
            raise _TooManyStepsError
        return [("$ref", schema["$ref"])] if "$ref" in schema else list(schema.items())

    def _pattern(self, _: Any, pattern: str, instance: Any, __: Any) -> Errors:
        if isinstance(instance, str) and not self._patience.search(pattern, instance):
            yield ValidationError("pattern")

    def _pattern_properties(self, validator: Any, patterns: Any, instance: Any, _: Any) -> Errors:
        for pattern, schema in as_object(patterns).items():
            for name, value in as_object(instance).items():
                if self._patience.search(pattern, name):
                    yield from validator.descend(value, schema, path=name, schema_path=pattern)

    def _additional_properties(
        self, validator: Any, allowed: Any, instance: Any, schema: Any
    ) -> Errors:
        patterns = list(as_object(schema.get("patternProperties")))
        for name, value in as_object(instance).items():
            if name in as_object(schema.get("properties")):
                continue
            if any(self._patience.search(pattern, name) for pattern in patterns):
                continue
            if allowed is False:
                yield ValidationError("additionalProperties", path=[name])
            elif isinstance(allowed, dict):
                yield from validator.descend(value, allowed, path=name)


class _TooManyStepsError(Exception):
    """Judging one value takes more steps than any honest schema needs."""


def _no_id(_: Any) -> str:
    return ""


def _unique_items(_: Any, wanted: Any, instance: Any, __: Any) -> Errors:
    """Compare by text: comparing each with each takes quadratic time."""
    if wanted is True and isinstance(instance, list):
        items = [_canonical(item) for item in as_list(cast(Json, instance))]
        if len(set(items)) < len(items):
            yield ValidationError("uniqueItems")


def _canonical(value: Json) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{k!r}:{_canonical(v)}" for k, v in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return repr(int(value))
    return repr(value)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Yield what is really wrong: of a union, the errors of the variant that was meant."""
    context = list(error.context or ())
    if error.validator not in ("oneOf", "anyOf") or not context:
        yield error
        return
    variants: dict[Any, list[ValidationError]] = {}
    for inner in context:
        variants.setdefault(inner.schema_path[0], []).append(inner)
    # A variant was not meant when a const or an excluded value of its own fields says so.
    meant = [
        errors
        for errors in variants.values()
        if not any(e.validator in ("const", "not") and len(e.path) == 1 for e in errors)
    ]
    if len(meant) != 1:
        yield error
        return
    for inner in meant[0]:
        yield from _leaves(inner)


def _in_words(error: ValidationError) -> str:
    """Say what was expected; the value itself may be long, and is there to be seen."""
    keyword = str(error.validator)
    wanted, instance = cast(Json, error.validator_value), cast(Json, error.instance)
    if keyword == "type":
        names = wanted if isinstance(wanted, list) else [wanted]
        return f"expected {' or '.join(map(str, names))}, got {kind_of(instance)}"
    if keyword == "required":
        missing = [name for name in texts(as_list(wanted)) if name not in as_object(instance)]
        return "lacks " + ", ".join(map(repr, missing))
    if keyword == "const":
        return f"expected {wanted!r}"
    if keyword == "enum":
        return "expected one of " + ", ".join(map(repr, as_list(wanted)))
    if keyword in ("oneOf", "anyOf"):
        fits = "fits none" if error.context else "fits more than one"
        return f"{fits} of the {len(as_list(wanted))} alternatives"
    if keyword == "additionalProperties":
        return "the schema allows no such property"
    if isinstance(wanted, int | float | str):
        return f"does not fit {keyword} {wanted}"
    return f"does not fit {keyword}"
