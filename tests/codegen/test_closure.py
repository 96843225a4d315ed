"""Documents in several files."""

import os
from pathlib import Path
from textwrap import dedent

import pytest

from stompgen import closure, validate
from stompgen.document import Document
from stompgen.loading import load, load_text
from stompgen.normalise import build_model
from stompgen.problems import Problems
from stompgen.references import FILES

ENTRY = """\
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  order:
    address: /order
    messages:
      Order: {$ref: './parts/messages.yaml#/Order'}
      Whole: {$ref: parts/Whole.yaml}
operations:
  place:
    action: send
    channel: {$ref: '#/channels/order'}
    messages:
      - $ref: '#/channels/order/messages/Order'
components:
  schemas:
    Currency: {type: string}
"""
MESSAGES = """\
Order:
  traits:
    - {$ref: 'traits.json#/common'}
  payload:
    $ref: 'schemas/order.json'
"""
WHOLE = """\
payload: {$ref: 'messages.yaml#/Order/payload'}
"""
TRAITS = '{"common": {"contentType": "application/json"}}'
ORDER = """\
{
 "type": "object",
 "properties": {
  "a/b": {"$ref": "#/definitions/a~1b"},
  "50%": {"$ref": "#/definitions/50%25"},
  "currency": {"$ref": "../../api.yaml#/components/schemas/Currency"},
  "next": {"$ref": "order.json"},
  "other": {"$ref": "%6frder.json#/properties/next"}
 },
 "definitions": {"a/b": {"type": "string"}, "50%": {"type": "integer"}}
}
"""
PARTS = {
    "parts/messages.yaml": MESSAGES,
    "parts/Whole.yaml": WHOLE,
    "parts/traits.json": TRAITS,
    "parts/schemas/order.json": ORDER,
}


def together(entry: str, files: dict[str, str]) -> tuple[Document, Problems]:
    """Read texts as files."""
    problems = Problems()
    document = load_text(entry, problems, name="api.yaml", files=files)
    assert document is not None
    document.check_references(problems)
    return document, problems


def test_all_files_are_one_tree() -> None:
    """Each file once, below its path; every reference is a pointer into the tree."""
    document, problems = together(ENTRY, PARTS)
    assert str(problems) == ""
    order = f"/{FILES}/parts~1schemas~1order.json"
    assert document.resolve("/channels/order/messages/Order/payload") == order
    assert document.resolve("/channels/order/messages/Whole/payload") == order
    assert document.resolve(f"{order}/properties/next") == order
    assert document.resolve(f"{order}/properties/other") == order
    assert document.at(f"{order}/properties/a~1b") == {"type": "string"}
    assert document.at(f"{order}/properties/50%") == {"type": "integer"}
    assert document.resolve(f"{order}/properties/currency") == "/components/schemas/Currency"
    assert list(document.files) == sorted(["api.yaml", *PARTS])


def test_messages_of_other_files_have_their_names_and_traits() -> None:
    """A file that is one message gives its stem."""
    document, _ = together(ENTRY, PARTS)
    model = build_model(document, Problems())
    assert [m.key for m in model.messages] == ["Order", "Whole"]
    assert model.message_by_key["Order"].content_type == "application/json"


def test_a_problem_has_the_place_in_its_own_file(tmp_path: Path) -> None:
    """File, line and pointer are those that the author sees."""
    write(tmp_path, {"api.yaml": ENTRY, **PARTS})
    bad = ORDER.replace('"currency": {', '"currency": {"type": "strng"}, "c": {')
    (tmp_path / "parts/schemas/order.json").write_text(bad)
    lines = [str(problem) for problem in validate(tmp_path / "api.yaml")]
    name = (tmp_path / "parts/schemas/order.json").as_posix()
    line = f"{name}:6:16: #/properties/currency/type: there is no type 'strng'"
    assert any(found.startswith(line) for found in lines)


def write(folder: Path, files: dict[str, str]) -> None:
    """Write texts as files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("https://example.com/x.yaml#/a", "nothing is fetched from the network"),
        ("file:///etc/passwd", "nothing is fetched from the network"),
        ("//example.com/x.yaml", "nothing is fetched from the network"),
        ("/etc/passwd", "an absolute path"),
        ("%2fetc/passwd", "an absolute path"),
        ("C:\\x.yaml", "nothing is fetched from the network"),
        ("..\\x.yaml", "not a path of a file"),
        ("../x.yaml", "it leads out of the folder"),
        ("../../other/x.yaml", "it leads out of the folder"),
        ("../.hidden/x.yaml", "it leads out of the folder"),
        ("../beside/link.yaml", "link.yaml leads out of the folder"),
        ("../linked/x.yaml", "linked/x.yaml leads out of the folder"),
        ("../beside/.hidden.yaml", "it leads out of the folder"),
        ("a/../../x.yaml#/a", "it leads out of the folder"),
        ("%2e%2e/x.yaml", "it leads out of the folder"),
        ("link.yaml", "link.yaml leads out of the folder"),
        ("folder", "there is no file folder"),
        ("pipe", "there is no file pipe"),
        ("nowhere.yaml", "there is no file nowhere.yaml"),
        ("a%00b", "not a path of a file"),
        ("bad.yaml", "bad.yaml cannot be read"),
        ("x" * 5000, "File name too long"),
    ],
)
def test_only_files_of_the_folder_are_opened(tmp_path: Path, target: str, what: str) -> None:
    """A document is untrusted: what leads elsewhere is a problem that names it."""
    (tmp_path / "x.yaml").write_text("a: {type: string}\n")
    folder = tmp_path / "api"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "x.yaml")
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside/link.yaml").symlink_to(tmp_path / "x.yaml")
    (tmp_path / "beside/.hidden.yaml").write_text("a: {type: string}\n")
    (tmp_path / "linked").symlink_to(tmp_path / "beside")
    (folder / "folder").mkdir()
    (folder / "bad.yaml").write_text("[")
    os.mkfifo(folder / "pipe")
    entry = {"asyncapi": "3.0.0", "components": {"schemas": {"A": {"$ref": target}}}}
    (folder / "api.yaml").write_text(str(entry))
    problems = Problems()
    document = load(folder / "api.yaml", problems)
    assert document is not None
    document.check_references(problems)
    (found,) = [p for p in problems if p.pointer == "/components/schemas/A/$ref"]
    assert what in found.what
    assert "type: string" not in str(document.data)


def test_files_of_a_folder_beside_the_documents_are_read_and_told(tmp_path: Path) -> None:
    """Documents that belong together lie side by side; nothing above them is opened."""
    write(
        tmp_path,
        {
            "api/api.yaml": "components: {schemas: {A: {$ref: '../common/x.yaml#/a'}}}\n",
            "api/own.yaml": "b: {type: string}\n",
            "common/x.yaml": "a: {$ref: '../api/own.yaml#/b'}\n",
        },
    )
    problems = Problems()
    document = load(tmp_path / "api/api.yaml", problems)
    assert document is not None
    document.check_references(problems)
    assert "files of folders beside the document's are read, such as ../common/x.yaml" in str(
        problems
    )
    assert not problems.errors
    assert document.at("/components/schemas/A") == {"type": "string"}
    assert list(document.files) == ["../common/x.yaml", "api.yaml", "own.yaml"]


def test_a_wider_root_may_be_named(tmp_path: Path) -> None:
    """Then the files of neighbouring folders are read, and nothing else."""
    write(
        tmp_path,
        {
            "api/api.yaml": "components: {schemas: {A: {$ref: '../common/x.yaml#/a'}}}\n",
            "common/x.yaml": "a: {type: string}\n",
        },
    )
    problems = Problems()
    document = load(tmp_path / "api/api.yaml", problems, root=tmp_path)
    assert document is not None
    document.check_references(problems)
    assert str(problems) == ""
    assert list(document.files) == ["api/api.yaml", "common/x.yaml"]


def test_a_file_with_two_names_is_read_once(tmp_path: Path) -> None:
    """Two spellings of a path, and a link inside the folder, are one file."""
    (tmp_path / "x.yaml").write_text("a: {type: string}\n")
    (tmp_path / "same.yaml").symlink_to(tmp_path / "x.yaml")
    names = ["x.yaml#/a", "./x.yaml#/a", "a/../x.yaml#/a", "same.yaml#/a", "%78.yaml#/a"]
    schemas = {f"S{index}": {"$ref": name} for index, name in enumerate(names)}
    (tmp_path / "api.yaml").write_text(str({"components": {"schemas": schemas}}))
    document = load(tmp_path / "api.yaml", Problems())
    assert document is not None
    assert {document.resolve(f"/components/schemas/{name}") for name in schemas} == {
        f"/{FILES}/x.yaml/a"
    }


def test_files_may_refer_to_each_other_in_a_circle() -> None:
    """Each is read once; a schema may contain itself across files."""
    entry = "components: {schemas: {A: {$ref: 'a.yaml#/A'}}}\n"
    files = {
        "a.yaml": "A: {properties: {b: {$ref: 'b.yaml#/B'}}}\n",
        "b.yaml": "B: {properties: {a: {$ref: 'a.yaml#/A'}, top: {$ref: 'api.yaml'}}}\n",
    }
    document, problems = together(entry, files)
    assert str(problems) == ""
    assert document.resolve(f"/{FILES}/b.yaml/B/properties/a") == f"/{FILES}/a.yaml/A"
    assert document.resolve(f"/{FILES}/b.yaml/B/properties/top") == ""


def test_a_circle_of_references_alone_is_a_problem() -> None:
    """It never ends."""
    entry = "components: {schemas: {A: {$ref: 'a.yaml#/A'}}}\n"
    _, problems = together(entry, {"a.yaml": "A: {$ref: 'api.yaml#/components/schemas/A'}\n"})
    assert "only leads round in a circle" in str(problems)


def test_what_nothing_refers_to_is_no_part_of_the_document() -> None:
    """A file of many schemas may say what it likes in the others."""
    entry = "components: {schemas: {A: {$ref: 'a.yaml#/A'}}}\n"
    files = {"a.yaml": "A: {type: string}\nB: {$ref: 'https://example.com/b'}\nC: {$ref: '#/D'}\n"}
    _, problems = together(entry, files)
    assert str(problems) == ""


def test_what_is_dangling_in_another_file_is_told_there() -> None:
    """With the file's own pointer."""
    entry = "components: {schemas: {A: {$ref: 'a.yaml#/A'}}}\n"
    _, problems = together(entry, {"a.yaml": "A:\n  items: {$ref: '#/D'}\n"})
    assert str(problems) == (
        "a.yaml:2:11: #/A/items/$ref: there is no #/D in a.yaml (point to something that exists)"
    )


def test_the_files_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """In number and in size: a document must not fill the memory."""
    files = {
        f"{n}.yaml": f"A: {{properties: {{a: {{$ref: '{n + 1}.yaml#/A'}}}}}}\n" for n in range(9)
    }
    entry = "components: {schemas: {A: {$ref: '0.yaml#/A'}}}\n"
    monkeypatch.setattr(closure, "MAX_FILES", 5)
    _, problems = together(entry, files)
    assert "the document has more than 5 files" in str(problems)
    monkeypatch.setattr(closure, "MAX_TOTAL_BYTES", 100)
    _, problems = together(entry, files)
    assert "the files of the document have more than 100 bytes" in str(problems)


def test_a_document_cannot_pretend_to_have_files() -> None:
    """The key is ours."""
    entry = f"{FILES}: {{x.yaml: {{a: {{type: string}}}}}}\ncomponents: {{schemas: {{}}}}\n"
    document, _ = together(entry, {})
    assert FILES not in document.data


def test_the_digest_covers_all_files() -> None:
    """And is that of the content, as for one file."""
    one, _ = together(ENTRY, PARTS)
    other, _ = together(ENTRY, {**PARTS, "parts/traits.json": TRAITS + "\n"})
    changed, _ = together(ENTRY, {**PARTS, "parts/traits.json": TRAITS.replace("json", "xml")})
    assert one.digest == other.digest != changed.digest
    assert one.files != other.files


def test_version_2_may_have_files_too() -> None:
    """Messages, channels and parameters of other files are upgraded where they stand."""
    entry = dedent("""\
        asyncapi: 2.4.0
        info: {title: Orders, version: 1.0.0}
        channels:
          order/{id}: {$ref: 'parts.yaml#/channels/order'}
        """)
    parts = dedent("""\
        channels:
          order:
            parameters: {id: {$ref: '#/parameters/id'}}
            publish:
              message: {$ref: '#/messages/Order'}
        parameters:
          id: {schema: {type: string, enum: [a]}}
        messages:
          Order:
            schemaFormat: application/vnd.oai.openapi;version=3.0.0
            payload: {type: object, properties: {x: {$ref: '#/messages/Order/payload'}}}
        """)
    document, problems = together(entry, {"parts.yaml": parts})
    assert str(problems) == ""
    model = build_model(document, Problems())
    (channel,) = model.channels
    assert channel.address == "order/{id}"
    assert channel.parameters[0].enum == ("a",)
    (message,) = model.messages
    assert message.key == "Order"
    assert message.payload is not None
    assert document.resolve(f"{message.payload}/properties/x") == message.payload
