"""The reference of a document: complete, linked, true; and nothing in a document can break it."""

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from checking import ORDER, changed
from generating import CASES, SPEC
from reference_reading import diagram_faults, faults, read
from stompgen.check import check
from stompgen.cli import main
from stompgen.document import parse
from stompgen.loading import load
from stompgen.problems import Problems
from stompgen.reference import reference_files
from stompws.codec import Codec
from worldpay_ips.examples import EXAMPLES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def pages_of(
    data: dict[str, Any] | Path, single: str | None = None, *, checked: bool = True
) -> dict[str, str]:
    """Write the reference of a document without errors."""
    problems = Problems()
    if isinstance(data, Path):
        document = load(data, problems)
    else:
        document = parse(json.dumps(data), "order.json", problems)
    assert document is not None
    if checked:
        check(document, problems)
    pages = reference_files(document, problems, package="worldpay_ips", single=single)
    assert problems.errors == ()
    return pages


@pytest.fixture(scope="module")
def ips() -> dict[str, str]:
    """The reference of the specification."""
    return pages_of(SPEC)


def test_the_committed_reference_is_current(ips: dict[str, str]) -> None:
    """What people read is what the specification says; `nox -s generate` writes it."""
    assert {p.name: p.read_text("utf-8") for p in REFERENCE.glob("*.md")} == ips


def test_everything_of_the_specification_has_a_place(ips: dict[str, str]) -> None:
    """Each operation, message, schema, server and security scheme is described once."""
    document = yaml.safe_load(SPEC.read_text("utf-8"))
    text = "\n".join(ips.values())
    places = [f"/operations/{key}" for key in document["operations"]]
    places += [f"/servers/{key}" for key in document["servers"]]
    for kind in ("messages", "schemas"):
        places += [f"/components/{kind}/{key}" for key in document["components"][kind]]
    told = re.findall(r"^Source: `#([^`]+)`", text, re.MULTILINE)
    missing = set(places) - set(told)
    # Texts and numbers are told where they stand; what stands for unknown members is no class.
    schemas = document["components"]["schemas"]
    assert {
        place for place in missing if schemas[place.rpartition("/")[2]].get("type") == "object"
    } == {"/components/schemas/UnknownActionRequired"}
    assert len(told) == len(set(told))


def test_links_resolve(ips: dict[str, str]) -> None:
    """Links lead to anchors that exist, on several pages and on one."""
    assert faults(ips) == []
    assert sum(len(read(text).links) for text in ips.values()) > 300
    one = pages_of(SPEC, "reference.md")
    assert list(one) == ["reference.md"]
    assert faults(one) == []


def test_every_row_of_a_table_has_its_cells(ips: dict[str, str]) -> None:
    """No text adds a cell or drops one."""
    tables = [table for text in ips.values() for table in read(text).tables]
    assert len(tables) > 100
    assert all(len(row) == len(table[0]) for table in tables for row in table)


def test_a_field_is_told_with_all_that_is_known(ips: dict[str, str]) -> None:
    """Wire name, attribute, type, necessity, limits, unit, sensitivity, meaning and source."""
    rows = [row for text in ips.values() for table in read(text).tables for row in table]
    amount = next(row for row in rows if row[0] == "`amount`" and "minor units" in row[4])
    assert amount[1:4] == ["`amount`", "`int`", "yes"]
    key = next(row for row in rows if row[0] == "`pointOfSaleLicenseKey`")
    assert "**sensitive**" in key[4]
    assert key[6].endswith(("high", "medium", "low", "invented"))
    assert key[5]


def test_a_conversation_is_drawn_as_it_goes(ips: dict[str, str]) -> None:
    """Replies come in any order but the last; answers, sends, errors and the end are all there."""
    section = ips["tag-payments.md"].split('<a id="operation-startpayment"></a>')[1]
    diagram = next(text for info, text in read(section).fences if info == "mermaid")
    assert [line.strip() for line in diagram.strip().split("\n")] == [
        "sequenceDiagram",
        "participant A as This application",
        "participant B as The other side",
        "A->>B: CONNECT",
        "B-->>A: CONNECTED",
        "A->>B: SUBSCRIBE to 6 destinations",
        "A->>B: PaymentRequest",
        "par in any order",
        "loop any number of times",
        "B-->>A: PaymentActionRequired",
        "A->>B: PaymentActionDone (one answer each)",
        "end",
        "and",
        "loop any number of times",
        "B-->>A: PaymentNotification",
        "end",
        "and",
        "loop any number of times",
        "B-->>A: PaymentReceipt",
        "end",
        "and",
        "B-->>A: PaymentResult",
        "and",
        "opt while it is open",
        "A->>B: PaymentAbort",
        "end",
        "end",
        "break instead, at any time, an error that ends it",
        "B-->>A: Error",
        "end",
        "B-->>A: PaymentComplete",
        "A->>B: DISCONNECT",
    ]


def test_the_rules_are_told_in_sentences(ips: dict[str, str]) -> None:
    """What a caller has to know stands below the diagram."""
    section = ips["tag-payments.md"].split('<a id="operation-startpayment"></a>')[1]
    section = section.split("<a id=")[0]
    for sentence in (
        "It is the first message of a connection of its own.",
        "It is sent **at most once**: it is never repeated, whatever happens.",
        "[`queryPaymentResult`](#operation-querypaymentresult) by `merchantTransactionReference`;",
        "do not send it again.",
        "the client **must disconnect**",
        "is authenticated: [`licenseKey`](README.md#security-licensekey)",
    ):
        assert sentence in section


def test_every_operation_has_a_diagram(ips: dict[str, str]) -> None:
    """Also those that are part of another, and those of documents without conversations."""
    fences = [fence for text in ips.values() for fence in read(text).fences]
    diagrams = [text for info, text in fences if info == "mermaid"]
    assert len(diagrams) == len(yaml.safe_load(SPEC.read_text("utf-8"))["operations"])


def test_a_reply_is_drawn() -> None:
    """AsyncAPI's own `reply` is drawn where there is no conversation."""
    data = changed("/operations/queryOrder/reply", {"channel": {"$ref": "#/channels/taken"}})
    section = "\n".join(pages_of(data).values()).split('<a id="operation-queryorder"></a>')[1]
    diagram = next(text for info, text in read(section).fences if info == "mermaid")
    assert diagram.split("\n")[3:5] == ["    A->>B: Order", "    B-->>A: Taken"]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["A->>B: x"], ""),
        (["loop a", "A->>B: x", "end"], ""),
        (["par a", "A->>B: x", "and", "B-->>A: y", "end"], ""),
        (["A->>B: a;b"], "line 'A->>B: a;b'"),
        (["A->>B: #59;"], ""),
        (["A->>B: #"], "line 'A->>B: #'"),
        (["A->>B: "], "line 'A->>B:'"),
        (["loop a", "A->>B: x"], "loop has no end"),
        (["end"], "an end without a block"),
        (["opt a", "and", "end"], "'and' continues nothing"),
        (["participant C as x"], "line 'participant C as x'"),
        (["%%{init: {}}%%"], "line '%%{init: {}}%%'"),
    ],
)
def test_the_grammar_of_diagrams_can_fail(lines: list[str], fault: str) -> None:
    """The check refuses what Mermaid would refuse or take for something else."""
    head = ["sequenceDiagram", "participant A as One", "participant B as Two"]
    found = diagram_faults("\n".join([*head, *lines]))
    assert found == [] if not fault else fault in found


def test_the_examples_in_python_build_the_examples_in_json(ips: dict[str, str]) -> None:
    """Each call runs with the generated package, and is sent as the JSON that stands above it."""
    count = 0
    for text in ips.values():
        fences = [fence for fence in read(text).fences if fence[0] != "mermaid"]
        for (_, wire), (info, source) in pairwise(fences):
            if info != "python":
                continue
            names: dict[str, Any] = {}
            exec(compile(source, "example.py", "exec"), names)  # noqa: S102 - our own text
            message = names["message"]
            assert json.loads(Codec([type(message)]).encode(message)) == json.loads(wire)
            count += 1
    # As many as the package has; each message has one or more.
    assert count == len(EXAMPLES)


def test_what_no_call_can_build_says_why() -> None:
    """A field that the schema does not name is kept when it is received, and never sent."""
    example = {"payload": {"reference": "A", "amount": 1, "more": 2}}
    pages = pages_of(changed("/components/messages/Order/examples", [example]))
    text = "\n".join(pages.values())
    assert "No call builds this example: it has fields that the schema does not name" in text


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir()))
def test_every_case_has_a_reference(case: str) -> None:
    """What can be generated can be described, hostile texts too."""
    pages = pages_of(CASES / case / "spec.yaml", checked=False)
    assert faults(pages) == []


def test_a_document_of_another_protocol_has_no_client() -> None:
    """Without STOMP there is no CONNECT, and no method to call."""
    data = changed("/servers/shop/protocol", "kafka")
    text = "\n".join(pages_of(data).values())
    assert "CONNECT" not in text
    assert "In Python" not in text
    assert faults(pages_of(data)) == []


def test_a_reply_is_drawn_where_the_user_says_stomp(tmp_path) -> None:
    """The page shows the client that `generate` would make with the same option."""
    data = {
        "asyncapi": "3.0.0",
        "info": {"title": "Clock", "version": "1"},
        "servers": {"main": {"host": "x.example", "protocol": "ws"}},
        "channels": {
            "ask": {"address": "/ask", "messages": {"Ask": {"payload": {"type": "object"}}}},
            "time": {"address": "/time", "messages": {"Time": {"payload": {"type": "object"}}}},
        },
        "operations": {
            "ask": {
                "action": "send",
                "channel": {"$ref": "#/channels/ask"},
                "reply": {"channel": {"$ref": "#/channels/time"}},
            }
        },
    }
    spec, page = tmp_path / "clock.json", tmp_path / "page"
    spec.write_text(json.dumps(data))
    assert main(["docs", str(spec), "--out", str(page), "--protocol", "stomp"]) == 0
    text = "\n".join(path.read_text("utf-8") for path in page.glob("*.md"))
    assert "`Clock.ask(request)` → `Time`" in text


def test_a_call_shows_the_arguments_of_the_address() -> None:
    """They are needed; a caller who copies the line should not have to find out."""
    order = ORDER["operations"]["queryOrder"]["channel"]["$ref"].rpartition("/")[2]
    data = changed(f"/channels/{order}/address", "/shops/{class}")
    data["channels"][order]["parameters"] = {"class": {}}
    assert "query_order(request, class_=…)" in "\n".join(pages_of(data).values())


def test_tags_of_one_name_have_pages_of_their_own() -> None:
    """`A b` and `a-B` would be one file; then both are told apart, whatever their order."""
    data = changed("/components/tags", {"one": {"name": "A b"}, "two": {"name": "a-B"}})
    for key, tag in (("placeOrder", "one"), ("cancelOrder", "two")):
        data["operations"][key]["tags"] = [{"$ref": f"#/components/tags/{tag}"}]
    pages = pages_of(data)
    assert len([name for name in pages if name.startswith("tag-a-b-")]) == 2
    assert faults(pages) == []


def test_the_reference_is_the_same_everywhere() -> None:
    """Hash seeds make no difference."""
    script = (
        "import sys; from stompgen.cli import main; from pathlib import Path;"
        "sys.exit(main(['docs', sys.argv[1], '--out', sys.argv[2], '--package', 'worldpay_ips',"
        " '--check']))"
    )
    paths = os.pathsep.join(sys.path)
    found = subprocess.run(
        [sys.executable, "-c", script, str(SPEC), str(REFERENCE)],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout[:2000] + found.stderr


# The command.


def spec_in(folder: Path, data: dict[str, Any] = ORDER) -> str:
    path = folder / "order.json"
    path.write_text(json.dumps(data), "utf-8")
    return str(path)


def test_pages_are_written_checked_and_removed(tmp_path: Path, capsys: Any) -> None:
    """`--check` shows a difference and writes nothing; pages of ours that are stale go."""
    spec, out = spec_in(tmp_path), tmp_path / "docs"
    assert main(["docs", spec, "--out", str(out), "--check"]) == 1
    assert not out.exists()
    assert main(["docs", spec, "--out", str(out)]) == 0
    (out / "old.md").write_text((out / "README.md").read_text("utf-8"), "utf-8")
    (out / "mine.md").write_text("mine", "utf-8")
    assert main(["docs", spec, "--out", str(out), "--check"]) == 1
    assert "old.md" in capsys.readouterr().out
    assert main(["docs", spec, "--out", str(out)]) == 0
    assert main(["docs", spec, "--out", str(out), "--check"]) == 0
    assert {p.name for p in out.iterdir()} == {"README.md", "common.md", "mine.md"}


def test_one_page_leaves_its_neighbours_alone(tmp_path: Path) -> None:
    """A page beside others is only that page."""
    spec = spec_in(tmp_path)
    assert main(["docs", spec, "--out", str(tmp_path / "all")]) == 0
    assert main(["docs", spec, "--out", str(tmp_path / "all" / "one.md")]) == 0
    assert {p.name for p in (tmp_path / "all").iterdir()} == {"README.md", "common.md", "one.md"}


def test_what_is_not_ours_is_never_replaced(tmp_path: Path, capsys: Any) -> None:
    """A README of somebody else stays, and so does everything that would be beside it."""
    spec, out = spec_in(tmp_path), tmp_path / "docs"
    out.mkdir()
    (out / "README.md").write_text("mine", "utf-8")
    assert main(["docs", spec, "--out", str(out)]) == 2
    assert "is not a page of ours" in capsys.readouterr().err
    assert [p.name for p in out.iterdir()] == ["README.md"]
    (out / "README.md").unlink()
    (out / "README.md").symlink_to(tmp_path / "order.json")
    assert main(["docs", spec, "--out", str(out)]) == 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--out", "order.json"], "order.json is a file; a page is called ….md"),
        (["--out", "x", "--package", "a b"], "'a b' cannot be the package"),
        (["--out", "folder.md"], "folder.md is a folder"),
    ],
)
def test_odd_commands_are_refused(
    arguments: list[str], line: str, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    """Each with a sentence, and nothing written."""
    monkeypatch.chdir(tmp_path)
    spec_in(tmp_path)
    (tmp_path / "folder.md").mkdir()
    assert main(["docs", "order.json", *arguments]) == 2
    assert line in capsys.readouterr().err


def test_a_document_with_errors_has_no_reference(tmp_path: Path, capsys: Any) -> None:
    """Its problems are listed instead."""
    spec = spec_in(tmp_path, changed("/operations/placeOrder/action", "sned"))
    assert main(["docs", spec, "--out", str(tmp_path / "docs")]) == 2
    assert "#/operations/placeOrder/action" in capsys.readouterr().err
    assert not (tmp_path / "docs").exists()
