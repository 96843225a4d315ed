"""The commands that keep bindings in step: exit codes, formats, files, and plain sentences."""

import json
from pathlib import Path
from typing import Any

import pytest

from checking import ORDER, changed
from stompgen.cli import main

ORDER_ = "/components/schemas/Order"
NARROWED = changed(f"{ORDER_}/properties/reference/maxLength", 9)
ADDED = changed(f"{ORDER_}/properties/note", {"type": "string"})
REWORDED = changed(f"{ORDER_}/properties/currency/description", "ISO 4217.")


def write(name: str, data: Any) -> str:
    Path(name).write_text(json.dumps(data), "utf-8")
    return name


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> None:
    """An empty folder with the small correct document."""
    monkeypatch.chdir(tmp_path)
    write("old.json", ORDER)


@pytest.mark.parametrize(
    ("new", "breaking", "any_"),
    [(ORDER, 0, 0), (REWORDED, 0, 1), (ADDED, 0, 1), (NARROWED, 1, 1)],
    ids=["same", "words", "compatible", "breaking"],
)
def test_exit_codes(new: Any, breaking: int, any_: int, capsys) -> None:
    """0 and 1 as `--fail-on` says; what is found is on stdout either way."""
    write("new.json", new)
    for choice, code in (("breaking", breaking), ("any", any_), ("none", 0)):
        assert main(["diff", "old.json", "new.json", "--fail-on", choice]) == code
        out, err = capsys.readouterr()
        assert out != ""
        assert err == ""
    assert main(["diff", "old.json", "new.json"]) == breaking


def test_a_document_with_errors_is_no_difference(capsys) -> None:
    """Exit code 2, the problems on stderr with the name of their file, nothing on stdout."""
    write("bad.json", changed("/channels/order/adress", "x"))
    assert main(["diff", "old.json", "bad.json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "bad.json:" in err
    assert main(["diff", "bad.json", "old.json"]) == 2


def test_text(capsys) -> None:
    """A heading with counts, then each change with its places."""
    write("new.json", NARROWED)
    main(["diff", "old.json", "new.json"])
    place = f"#{ORDER_}/properties/reference"
    assert capsys.readouterr().out.splitlines() == [
        "Orders: 1.0.0 → 1.0.0: 1 breaking, 0 compatible, 0 of words only",
        "",
        "Breaking:",
        (
            "  narrowed: Order.reference: Takes less: text (at most 9 characters, pattern "
            "`^[A-Z0-9]+$`), was text (pattern `^[A-Z0-9]+$`). (sent; breaks old senders)"
        ),
        f"      {place}",
    ]


def test_json_says_how_to_read_it(capsys) -> None:
    """The format, its version, and every property of a change."""
    write("new.json", NARROWED)
    main(["diff", "old.json", "new.json", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["format"], found["schemaVersion"], found["level"]) == (
        "stompgen-diff",
        1,
        "major",
    )
    assert found["counts"] == {"breaking": 1, "compatible": 0, "docs": 0}
    (change,) = found["changes"]
    assert change["breaks"] == {"sender": True, "receiver": False, "python": False}
    assert {k: change[k] for k in ("kind", "area", "name", "direction", "breaking", "guessed")} == {
        "kind": "narrowed",
        "area": "class",
        "name": "Order.reference",
        "direction": "sent",
        "breaking": True,
        "guessed": None,
    }


def test_text_of_a_document_is_no_markup(capsys) -> None:
    """In Markdown it is escaped."""
    write("new.json", changed("/channels/order/address", "/v2/<script>|[x](y)#h"))
    assert main(["diff", "old.json", "new.json", "--format", "markdown"]) == 1
    page = capsys.readouterr().out
    assert "<script>" not in page
    assert "/v2/&lt;script&gt;\\|\\[x\\](y)\\#h" in page


def test_migration_page(capsys) -> None:
    """Breaking first, with Python; `--check` compares; a page of somebody else is left alone."""
    write("new.json", changed(f"{ORDER_}/required", ["reference", "amount", "pay"]))
    command = ["migrate", "old.json", "new.json", "--out", "page.md"]
    command += ["--old-package", "orders", "--new-package", "orders_2"]
    assert main([*command, "--check"]) == 1
    assert not Path("page.md").exists()
    assert main(command) == 0
    assert main([*command, "--check"]) == 0
    page = Path("page.md").read_text("utf-8")
    assert "from orders_2 import ..." in page
    assert "  Order(..., pay=...)" in page
    capsys.readouterr()
    Path("page.md").write_text("Mine.\n", "utf-8")
    assert main(command) == 2
    assert "is not a migration page" in capsys.readouterr().err
    assert Path("page.md").read_text("utf-8") == "Mine.\n"


# The changelog.

BINDINGS = ["--out", "out", "--package", "orders"]
LOG, RELEASED = Path("out/orders.CHANGELOG.md"), Path("out/orders.released.json")


def test_a_changelog_begins_with_a_release(capsys) -> None:
    """Before the first one there is nothing to compare with."""
    assert main(["changelog", "old.json", *BINDINGS]) == 2
    assert "nothing was released" in capsys.readouterr().err
    assert main(["release", "old.json", *BINDINGS]) == 2
    assert "--number" in capsys.readouterr().err
    assert main(["release", "old.json", *BINDINGS, "--number", "1.0"]) == 2


@pytest.mark.parametrize(
    ("released", "new", "proposed"),
    [
        ("1.2.3", NARROWED, "2.0.0"),
        ("0.2.3", NARROWED, "0.3.0"),
        ("1.2.3", ADDED, "1.3.0"),
        ("1.2.3", REWORDED, "1.2.4"),
    ],
    ids=["breaking", "breaking below 1.0", "added", "words"],
)
def test_the_next_version_follows_from_the_changes(released: str, new: Any, proposed: str) -> None:
    """Major when something breaks (below 1.0.0 minor), minor for additions, patch for words."""
    main(["release", "old.json", *BINDINGS, "--number", released, "--date", "2026-01-02"])
    write("new.json", new)
    assert main(["changelog", "new.json", *BINDINGS]) == 0
    assert f"Proposed version: **{proposed}**, after {released}." in LOG.read_text("utf-8")
    assert main(["release", "new.json", *BINDINGS, "--date", "2026-02-03"]) == 0
    text = LOG.read_text("utf-8")
    assert f"## {proposed}, 2026-02-03\n\nAPI 1.0.0.\n" in text
    assert json.loads(RELEASED.read_text("utf-8"))["bindings"] == proposed
    assert main(["changelog", "new.json", *BINDINGS]) == 0
    assert f"The API is that of {proposed}." in LOG.read_text("utf-8")


def test_one_entry_however_often_one_edits() -> None:
    """Each generation writes the same entry anew, compared with the last release."""
    main(["release", "old.json", *BINDINGS, "--number", "0.1.0", "--date", "2026-01-02"])
    for data in (NARROWED, ADDED, ADDED):
        write("new.json", data)
        main(["changelog", "new.json", *BINDINGS])
    text = LOG.read_text("utf-8")
    assert text.count("## Unreleased") == 1
    assert text.count("Order.note") == 1
    assert "Order.reference" not in text
    assert main(["changelog", "new.json", *BINDINGS, "--check"]) == 0
    assert main(["changelog", "old.json", *BINDINGS, "--check"]) == 1
    assert LOG.read_text("utf-8") == text


def test_words_of_people_are_kept() -> None:
    """Above and below the entry, inside its section, and in entries of the past."""
    main(["release", "old.json", *BINDINGS, "--number", "0.1.0", "--date", "2026-01-02"])
    main(["changelog", "old.json", *BINDINGS])
    text = LOG.read_text("utf-8").replace("First release.", "First release, by hand.")
    text = text.replace("## Unreleased\n", "## Unreleased\n\nA note on top.\n")
    text = text.replace("<!-- stompgen end -->\n", "<!-- stompgen end -->\n\nA note below.\n")
    LOG.write_text(text, "utf-8")
    write("new.json", ADDED)
    main(["changelog", "new.json", *BINDINGS])
    main(["release", "new.json", *BINDINGS, "--date", "2026-02-03"])
    closed = LOG.read_text("utf-8")
    for words in ("First release, by hand.", "A note on top.", "A note below.", "Order.note"):
        assert closed.count(words) == 1
    assert "stompgen begin" not in closed
    main(["changelog", "new.json", *BINDINGS])
    assert LOG.read_text("utf-8").index("## Unreleased") < closed.index("## 0.2.0") + 20


def test_words_inside_the_generated_part_stop_the_command(capsys) -> None:
    """They are never written over: a sentence says where they are."""
    main(["release", "old.json", *BINDINGS, "--number", "0.1.0", "--date", "2026-01-02"])
    main(["changelog", "old.json", *BINDINGS])
    text = LOG.read_text("utf-8").replace("The API is that", "Careful! The API is that")
    LOG.write_text(text, "utf-8")
    assert main(["changelog", "old.json", *BINDINGS]) == 2
    assert "somebody wrote inside the generated part" in capsys.readouterr().err
    assert LOG.read_text("utf-8") == text
    LOG.write_text(text.replace("<!-- stompgen end -->\n", ""), "utf-8")
    assert main(["changelog", "old.json", *BINDINGS]) == 2
    assert "damaged" in capsys.readouterr().err


def test_a_release_of_nothing_is_refused(capsys) -> None:
    """Unless its number is given."""
    main(["release", "old.json", *BINDINGS, "--number", "0.1.0", "--date", "2026-01-02"])
    assert main(["release", "old.json", *BINDINGS]) == 2
    assert "the API is that of 0.1.0" in capsys.readouterr().err
    assert main(["release", "old.json", *BINDINGS, "--number", "0.1.0"]) == 2
    assert "has an entry for 0.1.0" in capsys.readouterr().err
    assert main(["release", "old.json", *BINDINGS, "--number", "0.1.1"]) == 0


BASELINE = {"format": "stompgen-released", "schemaVersion": 1, "bindings": "0.1.0", "api": "1"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"format": "stompgen-released", "schemaVersion": 1}',
        json.dumps({**BASELINE, "entry": "../x", "files": {"../x": {"asyncapi": "3.0.0"}}}),
        json.dumps({**BASELINE, "entry": "x", "files": {"x": {}}}),
        json.dumps({**BASELINE, "entry": "x", "files": {"x": {"asyncapi": "3.0.0", "info": 1}}}),
        json.dumps(
            {**BASELINE, "entry": "x", "files": {"x": {"asyncapi": "3.0.0"}}, "bindings": 1}
        ),
        "[" * 100_000,
    ],
)
def test_a_spoiled_baseline_is_told(text: str, capsys) -> None:
    """A sentence and exit code 2, no traceback; nothing is written outside."""
    Path("out").mkdir()
    RELEASED.write_text(text, "utf-8")
    assert main(["changelog", "old.json", *BINDINGS]) == 2
    assert capsys.readouterr().err != ""
    assert sorted(path.name for path in Path().iterdir()) == ["old.json", "out"]


# Revisions.


def test_a_revision_is_a_merge_patch() -> None:
    """Objects are merged, null removes, lists are replaced (RFC 7386); the patch may be YAML."""
    Path("patch.yaml").write_text(
        "info: {version: 2.0.0}\noperations: {onError: null}\nservers: {shop: {host: x}}\n", "utf-8"
    )
    assert main(["revise", "old.json", "patch.yaml", "--out", "new.json"]) == 0
    revised = json.loads(Path("new.json").read_text("utf-8"))
    assert revised["info"] == {**ORDER["info"], "version": "2.0.0"}
    assert "onError" not in revised["operations"]
    assert revised["servers"]["shop"]["host"] == "x"
    assert revised["components"] == ORDER["components"]


def test_a_revision_does_not_write_over_its_sources(capsys) -> None:
    """Neither the document nor the patch."""
    write("patch.json", {"info": {"version": "2"}})
    for out in ("old.json", "patch.json"):
        assert main(["revise", "old.json", "patch.json", "--out", out]) == 2
        assert "is what it would be made from" in capsys.readouterr().err


def test_a_baseline_holds_all_files_of_a_document(capsys) -> None:
    """What changed in a file that the document refers to is told; the release needs no file."""
    data = changed("/components/schemas/Taken", {"$ref": "parts/taken.yaml#/Taken"})
    write("spec.json", data)
    Path("parts").mkdir()
    part = Path("parts/taken.yaml")
    part.write_text("Taken: {type: object, properties: {reference: {type: string}}}\n", "utf-8")
    assert main(["release", "spec.json", *BINDINGS, "--number", "1.0.0"]) == 0
    assert sorted(json.loads(RELEASED.read_text("utf-8"))["files"]) == [
        "parts/taken.yaml",
        "spec.json",
    ]
    part.write_text("Taken: {type: object, properties: {reference: {type: integer}}}\n", "utf-8")
    assert main(["changelog", "spec.json", *BINDINGS]) == 0
    assert "reference`: Takes other values: integer, was text." in LOG.read_text("utf-8")
    assert capsys.readouterr().err == ""


def test_the_other_side_turns_the_verdict() -> None:
    """`--side other`: what the document sends is received, so less of it breaks nobody here."""
    write("new.json", NARROWED)
    assert main(["diff", "old.json", "new.json"]) == 1
    assert main(["diff", "old.json", "new.json", "--side", "other", "--lenient"]) == 0
