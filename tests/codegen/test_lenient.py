"""Making the best of documents with errors."""

import json
from pathlib import Path
from typing import Any

import pytest

from checking import REMOVED, changed
from stompgen import load_checked, validate
from stompgen.document import Document
from stompgen.normalise import build_model
from stompgen.problems import Problems, Severity


def mended(folder: Path, data: dict[str, Any] | str) -> tuple[Document | None, Problems]:
    """Read a document leniently."""
    path = folder / "order.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data, indent=1))
    problems = Problems()
    return load_checked(path, problems, lenient=True), problems


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/components/schemas/Order/properties/currency", {"$ref": "#/nowhere"}),
        ("/components/schemas/Order/properties/currency", {"$ref": "nowhere.yaml#/a"}),
        ("/components/schemas/Order/properties/currency", {"$ref": "http://example.com/a"}),
        ("/components/schemas/Order/properties/currency", {"type": "strng"}),
        ("/components/schemas/Order/properties/currency", {"type": "array", "items": 5}),
        ("/components/schemas/Order/properties/currency", {"minLength": -1}),
        ("/components/schemas/Cash/x-sensitve", True),
        ("/channels/order/adress", "x"),
        ("/channels/cancel/messages", 5),
        ("/operations/queryOrder/channel", {"$ref": "#/channels/nowhere"}),
        ("/operations/queryOrder/action", "publish"),
        ("/operations/placeOrder/x-conversation/during", ["cancelOrdr"]),
        ("/operations/placeOrder/messages/0/$ref", "#/components/messages/Order"),
        ("/servers/other", {"url": "wss://example.com"}),
        ("/asyncapi", 3.0),
        ("/asyncapi", "3.1"),
        ("/asyncapi", 3),
        ("/info/title", REMOVED),
        ("/info/version", 1.0),
        ("/info", REMOVED),
        ("/info/license", {}),
        ("/components/messages/Order/examples", {"a": 1}),
        ("/components/messageTraits/common/correlationId/location", "header"),
        ("/components/messageTraits/common/payload", {}),
        ("/components/securitySchemes", {"a b": {"type": "magic"}}),
    ],
)
def test_what_is_wrong_is_left_out_and_told(tmp_path: Path, pointer: str, value: object) -> None:
    """The rest is generated; without `lenient` the same document is refused."""
    data = changed(pointer, value)
    document, problems = mended(tmp_path, data)
    assert problems.errors == ()
    assert document is not None
    build_model(document, Problems())
    assert len(problems) > 0
    assert validate(tmp_path / "order.json").errors != ()


def test_a_dangling_schema_takes_anything(tmp_path: Path) -> None:
    """The field stays: a sender needs it."""
    data = changed("/components/schemas/Order/properties/currency", {"$ref": "#/nowhere"})
    document, problems = mended(tmp_path, data)
    assert document is not None
    assert document.at("/components/schemas/Order/properties/currency") == {}
    (line,) = [str(problem) for problem in problems if "nowhere" in problem.what]
    assert "#/components/schemas/Order/properties/currency/$ref: warning: there is no" in line


def test_several_wrong_items_of_a_list_are_each_left_out(tmp_path: Path) -> None:
    """Leaving out the first must not make the second another one."""
    values = [{"name": 1}, {"name": "a"}, 5, {"name": "b"}, {"nam": "c"}]
    document, _ = mended(tmp_path, changed("/channels/order/tags", values))
    assert document is not None
    assert document.at("/channels/order/tags") == [{"name": "a"}, {"name": "b"}]


def test_version_2_is_mended_where_it_was_written(tmp_path: Path) -> None:
    """An operation without sense goes, its channel stays."""
    data: dict[str, Any] = {
        "asyncapi": "2.6.0",
        "info": {"title": "T", "version": "1"},
        "channels": {
            "a": {"publish": {"message": {"$ref": "#/nowhere"}}, "subscribe": 5, "x": 1},
            "b": {"publish": {"message": {"payload": {"type": "object"}, "schemaformat": "x"}}},
        },
    }
    document, problems = mended(tmp_path, data)
    assert document is not None
    assert [problem.pointer for problem in problems if "left out" in problem.advice] == [
        "/channels/a/publish/message/$ref",
        "/channels/a/subscribe",
        "/channels/a/x",
        "/channels/b/publish/message/schemaformat",
    ]
    model = build_model(document, Problems())
    assert [operation.key for operation in model.operations] == ["a.publish", "b.publish"]


@pytest.mark.parametrize("text", ["", "[", "5", "[]", '{"asyncapi": "4.0.0"}', '{"a": {"b": 5}}'])
def test_what_makes_no_sense_at_all_is_refused(tmp_path: Path, text: str) -> None:
    """With the reason."""
    document, problems = mended(tmp_path, text)
    assert document is None
    assert any(problem.severity is Severity.ERROR for problem in problems)


def test_a_correct_document_is_the_same_either_way(tmp_path: Path) -> None:
    """Leniency changes nothing that is right."""
    document, problems = mended(tmp_path, changed("/info/description", "x"))
    strict = load_checked(tmp_path / "order.json", Problems())
    assert document is not None
    assert strict is not None
    assert document.data == strict.data
    assert list(problems) == list(validate(tmp_path / "order.json"))


def test_a_2x_document_without_channels_gives_its_components(tmp_path: Path) -> None:
    """In 2.x `channels` is required; what is there is of use without it."""
    data = {
        "asyncapi": "2.6.0",
        "info": {"title": "Parts", "version": "1"},
        "components": {"messages": {"Told": {"payload": {"type": "object"}}}},
    }
    document, problems = mended(tmp_path, data)
    assert problems.errors == ()
    assert "the document has no channels (they are taken as none)" in str(problems)
    assert document is not None
    assert [m.key for m in build_model(document, Problems()).messages] == ["Told"]
