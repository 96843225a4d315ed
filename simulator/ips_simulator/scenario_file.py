"""Scenario files: reading one, with everything that is wrong with it told at once."""

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from .scenario import Scenario
from .scenario_build import build_scenario
from .scenario_checks import Finding, check
from .scenario_problems import Path, Place, ScenarioError, ScenarioProblem
from .scenario_yaml import LARGEST, UnreadableError, read_yaml

SCHEMA: Final = FilePath(__file__).with_name("scenario.schema.json")


def load_scenario(path: FilePath | str) -> Scenario:
    """Read a scenario file, which is called as its scenario: `declined.yaml` holds `declined`.

    Raises:
        ScenarioError: It has problems; each tells its place and what to do.
        OSError: It cannot be opened.
    """
    path = FilePath(path)
    with path.open("rb") as file:
        octets = file.read(4 * LARGEST + 1)
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = octets.count(b"\n", 0, exc.start) + 1
        problem = _problem(path.name, Place(line, 1), (), "not UTF-8", "save it as UTF-8")
        raise ScenarioError([problem]) from None
    return parse_scenario(text, path.name)


def parse_scenario(text: str, file: str) -> Scenario:
    """Read the text of a scenario file; `file` is its name.

    Raises:
        ScenarioError: It has problems.
    """
    try:
        data, places = read_yaml(text)
    except UnreadableError as exc:
        raise ScenarioError([_problem(file, exc.place, exc.path, exc.what, exc.advice)]) from None
    found = list(_broken_rules(data))
    if not found and isinstance(data, dict):
        found = list(check(data, file.removesuffix(".yaml")))
    if found or not isinstance(data, dict):
        raise ScenarioError(
            _problem(file, _nearest(places, one.path), one.path, one.what, one.advice)
            for one in found
        )
    return build_scenario(data)


def _problem(file: str, place: Place, path: Path, what: str, advice: str = "") -> ScenarioProblem:
    return ScenarioProblem(file=file, place=place, path=path, what=what, advice=advice)


def _nearest(places: Mapping[Path, Place], path: Path) -> Place:
    while path not in places:
        path = path[:-1]
    return places[path]


# -- what the schema says, in sentences


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _broken_rules(data: Any) -> Iterator[Finding]:
    validator: Any = _validator()  # its own types are known in part only
    for error in validator.iter_errors(data):
        for leaf in _leaves(error):
            yield from _sentences(leaf)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The errors inside an `if`, `then`, `else`: they say what is wrong, it does not."""
    if error.context:
        for inner in error.context:
            yield from _leaves(inner)
    else:
        yield error


def _sentences(error: ValidationError) -> Iterator[Finding]:
    path: Path = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    given: Any = error.instance
    match error.validator:
        case "additionalProperties":
            known = sorted(schema.get("properties", {}))
            for name in sorted(set(given) - set(known)):
                yield Finding((*path, name), "unknown name", _one_of(name, known))
        case "required":
            for name in wanted:
                if name not in given:
                    yield Finding(path, f"{name!r} is missing")
        case "enum":
            yield Finding(path, f"{_short(given)} is not possible", _one_of(given, wanted))
        case "type":
            yield Finding(path, f"expected {_WORDS.get(wanted, wanted)}, got {_kind(given)}")
        case "minimum" | "exclusiveMinimum" | "maximum":
            yield Finding(path, f"{_short(given)} is out of range", _range(schema))
        case "minLength" | "maxLength":
            bounds = f"{schema.get('minLength', 0)} to {schema.get('maxLength')}"
            yield Finding(path, f"a text of {len(given)} characters", f"{bounds} are possible")
        case "pattern":
            yield Finding(path, f"{_short(given)} is not spelled as it must be", f"{wanted}")
        case "minItems" | "maxItems":
            yield Finding(path, f"{len(given)} entries", f"{error.validator} is {wanted}")
        case "minProperties" | "maxProperties":
            yield Finding(path, f"a step is one word with its value, not {len(given)}", _DASH)
        case "const":
            yield Finding(path, f"only {_short(wanted)} is possible")
        case _:
            yield Finding(path, f"breaks the rule {error.validator!r} of the schema")


_DASH: Final = "begin each step with a dash"
_WORDS: Final = {
    "object": "names with values",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def _kind(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "names with values"
        case _:
            return "a number"


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value) if isinstance(value, str) else f"{value}"
    return text if len(text) <= 40 else f"{text[:37]}..."


def _one_of(given: Any, known: list[str]) -> str:
    close = difflib.get_close_matches(str(given), map(str, known), n=1)
    if close:
        return f"is {close[0]!r} meant?"
    if len(known) > 15:
        return "the schema lists what is"
    return "possible: " + ", ".join(map(str, known))


def _range(schema: Mapping[str, Any]) -> str:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    if "exclusiveMinimum" in schema:
        return f"more than {low}"
    return f"{low} to {schema.get('maximum')}"
