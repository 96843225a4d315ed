"""Reading a document: YAML 1.2 and JSON, places, references, and every way to get it wrong."""

import hashlib

import pytest

from stompgen.document import BadReferenceError, Document, parse
from stompgen.loading import load
from stompgen.problems import Problems, Severity


def read(text: str | bytes) -> Document:
    problems = Problems()
    document = parse(text, "api.yaml", problems)
    assert str(problems) == ""
    assert document is not None
    return document


def faults(text: str | bytes) -> str:
    problems = Problems()
    if (document := parse(text, "api.yaml", problems)) is not None:
        document.check_references(problems)
    return str(problems)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("2024-01-31", "2024-01-31"),
        ("2019-08-24T14:15:22Z", "2019-08-24T14:15:22Z"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("0o17", 15),
        ("0x1F", 31),
        ("+12", 12),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("'7'", "7"),
        ('"true"', "true"),
        ("!!str 7", "7"),
        ("!!float 7", 7.0),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("0.1", 0.1),
        ("1.11647", 1.11647),
        ("4.0.1", "4.0.1"),
        ("-", "-"),
    ],
)
def test_scalars_are_read_by_the_core_schema_of_yaml_1_2(text: str, value: object) -> None:
    """YAML 1.1's dates, sexagesimals and yes/no are texts; quoted scalars always are."""
    if text == "-":
        text = "'-'"
    found = read(f"a: {text}\n").data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: .nan\n", "api.yaml:1:4: #/a: .nan is not a JSON number"),
        ("a: -.inf\n", "api.yaml:1:4: #/a: -.inf is not a JSON number"),
        ("a: 1e999\n", "api.yaml:1:4: #/a: the number is too big for a double"),
        ("a: !!int x\n", "api.yaml:1:4: #/a: the value does not fit its tag !!int"),
        (f"a: {'9' * 5000}\n", "api.yaml:1:4: #/a: the integer has more than 1000 digits"),
    ],
)
def test_numbers_that_json_does_not_have_are_problems(text: str, line: str) -> None:
    """What cannot be written as JSON cannot be sent, so it is refused with its place."""
    assert faults(text) == f"{line} (write it as a text, in quotes)"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "a: 007\n",
            (
                "api.yaml:1:4: #/a: warning: 007 is a number whose leading zeros are lost"
                " (write it in quotes)"
            ),
        ),
        (
            "a: 0.12345678901234567890123\n",
            (
                "api.yaml:1:4: #/a: warning: the number has more digits than a double can hold"
                " (round it)"
            ),
        ),
    ],
)
def test_numbers_that_lose_something_are_warned_of(text: str, line: str) -> None:
    """A number that will not come back as it was written is worth a look."""
    assert faults(text) == line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "a: [1\nb: 2\n",
            (
                "api.yaml:2:2: #: YAML syntax: expected ',' or ']', but got ':'"
                " while parsing a flow sequence"
            ),
        ),
        (
            "a: 'x\n",
            (
                "api.yaml:2:1: #: YAML syntax: found unexpected end of stream"
                " while scanning a quoted scalar"
            ),
        ),
        (
            "a:\n\tb: 1\n",
            "api.yaml:2:1: #: a tab stands where YAML allows only spaces (indent with spaces)",
        ),
        (
            "a:\n  b: 1\n  c: 2\n  b: 3\n",
            "api.yaml:4:3: #/a/b: the key 'b' stands here twice (remove one)",
        ),
        (
            "a: !!python/object:os.system {x: 1}\n",
            "api.yaml:1:4: #/a: the tag !!python/object:os.system is not allowed (remove it)",
        ),
        ("a: !mine x\n", "api.yaml:1:4: #/a: the tag !mine is not allowed (remove it)"),
        ("a:\n  1: x\n", "api.yaml:2:3: #/a/1: the key 1 is not a text (quote it)"),
        ("true: x\n", "api.yaml:1:1: #/true: the key true is not a text (quote it)"),
        ("? [a]\n: 1\n", "api.yaml:1:3: #: a key is not a text (write keys as plain texts)"),
        (
            "a: &x {b: 1}\nc:\n  <<: *x\n",
            (
                "api.yaml:3:3: #/c: merge keys (<<) are not part of YAML 1.2"
                " (repeat the keys, or use $ref)"
            ),
        ),
        (
            "a: *x\n",
            "api.yaml:1:4: #/a: the alias *x has no anchor before it (define the anchor)",
        ),
        (
            "a: &x [*x]\n",
            "api.yaml:1:8: #/a/0: the alias *x stands inside its own anchor (use $ref)",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "api.yaml:2:1: #: a second YAML document starts here (keep one in a file)",
        ),
        ("", "api.yaml:1:1: #: the document is empty (start it with 'asyncapi: 3.0.0')"),
        ("[]", "api.yaml:1:1: #: the document is not an object (start it with 'asyncapi: 3.0.0')"),
        (
            b"a: b\nc: \xff\n",
            "api.yaml:2:4: #: this is not UTF-8 (save the document as UTF-8)",
        ),
        ("a: b\nc: x\x07\n", "api.yaml:2:5: #: the character U+0007 is not allowed (remove it)"),
        (
            "[" * 20_000,
            "api.yaml:1:101: #" + "/0" * 100 + ": nested deeper than 100 levels"
            " (split it into components)",
        ),
        (
            " " * 9_000_000,
            "api.yaml:1:1: #: the document has more than 8388608 bytes (split it)",
        ),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_place(text: str | bytes, lines: str) -> None:
    """Nothing in a document ends in a traceback; each fault has its line, column and advice."""
    assert faults(text) == lines


def test_aliases_of_aliases_are_bounded() -> None:
    """Ten lines of YAML must not become a billion values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert faults("\n".join(lines)) == (
        "api.yaml:6:25: #/a5/3: the aliases repeat more than 500000 values"
        " (use components and $ref instead of aliases of aliases)"
    )


def test_all_faults_of_a_text_are_listed_in_its_order() -> None:
    """One run tells everything; reading goes on after a fault where it can."""
    assert faults("a: .nan\nb: !x 1\na: 2\n").splitlines() == [
        "api.yaml:1:4: #/a: .nan is not a JSON number (write it as a text, in quotes)",
        "api.yaml:2:4: #/b: the tag !x is not allowed (remove it)",
        "api.yaml:3:1: #/a: the key 'a' stands here twice (remove one)",
    ]


def test_of_two_equal_keys_the_first_stays() -> None:
    """A duplicate is an error, and what follows is judged by the first."""
    problems = Problems()
    document = parse("a: {b: 1}\na: {c: 2}\n", "api.yaml", problems)
    assert document is not None
    assert document.data == {"a": {"b": 1}}
    assert len(problems) == 1


def test_json_is_read_with_its_tabs_and_surrogates() -> None:
    """JSON that a YAML 1.1 parser refuses is a document all the same, with places."""
    document = read('{\n\t"a": "\\ud83d\\ude00",\n\t"b": "\\\\ud83d",\n\t"c": "\\/"\n}')
    assert document.data == {"a": "😀", "b": "\\ud83d", "c": "/"}
    assert document.position("/b").line == 3


def test_a_byte_order_mark_is_skipped() -> None:
    """Editors on Windows write one."""
    assert read(b"\xef\xbb\xbfa: 1\n").data == {"a": 1}


def test_members_have_the_place_of_their_key_and_items_their_own() -> None:
    """A problem points to where one would start to edit."""
    document = read("a:\n  - x\n  - b: 1\n    c:\n      d: 2\n")
    places = {pointer: (at.line, at.column) for pointer, at in document.positions.items()}
    assert places == {
        "": (1, 1),
        "/a": (1, 1),
        "/a/0": (2, 5),
        "/a/1": (3, 5),
        "/a/1/b": (3, 5),
        "/a/1/c": (4, 5),
        "/a/1/c/d": (5, 7),
    }


def test_what_is_not_there_has_the_place_of_what_is_nearest_above() -> None:
    """A missing field is reported at its object."""
    assert read("a:\n  b: {}\n").position("/a/b/c/d").line == 2


def test_aliased_content_has_the_place_where_it_is_written() -> None:
    """That is where to mend it."""
    document = read("a: &x\n  b: 1\nc: *x\nd: [*x]\n")
    assert document.data["c"] == {"b": 1}
    assert [document.position(p).line for p in ("/c", "/c/b", "/d/0", "/d/0/b")] == [3, 2, 4, 2]


def test_references_are_followed_at_the_end_and_on_the_way() -> None:
    """A pointer may lead through references; escapes are those of RFC 6901."""
    document = read(
        "a: {$ref: '#/b/x~1y'}\nb:\n  x/y: {c: {$ref: '#/d~0e'}}\nd~e: [{f: 1}]\n'%': {g: 2}\n"
        "h: {$ref: '#/%25'}\n"
    )
    assert document.resolve("/a/c/0/f") == "/d~0e/0/f"
    assert document.at("/a/c") == [{"f": 1}]
    assert document.at("/h/g") == 2
    assert document.resolve("/a") == "/b/x~1y"
    assert document.raw("/a") == {"$ref": "#/b/x~1y"}
    assert document.find("/a/z") is None
    with pytest.raises(BadReferenceError, match="there is no #/a/z"):
        document.raw("/a/z")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "a: {$ref: '#/b'}\n",
            "api.yaml:1:5: #/a/$ref: there is no #/b (point to something that exists)",
        ),
        (
            "a: {$ref: '#/b'}\nb: {$ref: '#/a'}\n",
            (
                "api.yaml:1:5: #/a/$ref: $ref #/b only leads round in a circle"
                " (point to something that exists)\n"
                "api.yaml:2:5: #/b/$ref: $ref #/a only leads round in a circle"
                " (point to something that exists)"
            ),
        ),
        (
            "a: {$ref: other.yaml#/b}\n",
            (
                "api.yaml:1:5: #/a/$ref: $ref to another file (other.yaml#/b), but this text stands"
                " alone (read it as a file, or copy what it points to into components)"
            ),
        ),
        (
            "a: {$ref: 'https://example.com/x.json'}\n",
            (
                "api.yaml:1:5: #/a/$ref: $ref to another file (https://example.com/x.json), but"
                " this text stands alone (read it as a file, or copy what it points to into"
                " components)"
            ),
        ),
        (
            "a: {$ref: '#b'}\n",
            "api.yaml:1:5: #/a/$ref: $ref #b is not a JSON pointer (start it with '#/')",
        ),
        (
            "a: {$ref: 5}\n",
            (
                "api.yaml:1:5: #/a/$ref: $ref is not a text"
                " (write a pointer such as '#/components/schemas/Name')"
            ),
        ),
    ],
)
def test_references_that_lead_nowhere_are_problems(text: str, lines: str) -> None:
    """Dangling, circular, remote and malformed references are listed, never followed."""
    assert faults(text) == lines


def test_a_schema_may_contain_itself() -> None:
    """Recursion through properties is no circle of references."""
    assert faults("a: {properties: {b: {$ref: '#/a'}}}\n") == ""


@pytest.mark.parametrize(
    "text",
    [
        "examples: [{payload: {$ref: '#/nowhere'}}]\n",
        "x-notes: {$ref: '#/nowhere'}\n",
        "properties: {$ref: {type: string}}\n",
    ],
)
def test_ref_in_data_is_no_reference(text: str) -> None:
    """Examples, foreign extensions and a property of that name are left alone."""
    assert faults(text) == ""


def test_the_digest_depends_on_content_alone() -> None:
    """Layout, comments, order of keys and aliases make no difference."""
    one = read("a: &x {c: 1, b: [2]}\nd: *x\n")
    two = read("# the same\nd:\n  b: [2]\n  c: 1\na: {b: [2], c: 1}\n")
    assert one.digest == two.digest
    expected = b'{"a":{"b":[2],"c":1},"d":{"b":[2],"c":1}}'
    assert one.digest == hashlib.sha256(expected).hexdigest()


def test_a_problem_shows_no_control_characters() -> None:
    """A document's text must not steer the terminal that shows it."""
    assert faults('a: {"\\e[31mx": 1, "\\e[31mx": 2}\n').count("\x1b") == 0


def test_problems_are_sorted_and_kept_once() -> None:
    """The same fault found twice is one fault."""
    document = read("a: 1\nb: 2\n")
    problems = Problems()
    for pointer in ("/b", "/a", "/b"):
        problems.add(document.problem(pointer, "what", "advice", "warning"))
    assert [problem.pointer for problem in problems] == ["/a", "/b"]
    assert problems.errors == ()
    assert {problem.severity for problem in problems.warnings} == {Severity.WARNING}


def test_a_file_is_read_under_the_name_it_was_given(tmp_path) -> None:
    """Problems and generated headers show that name, with forward slashes."""
    path = tmp_path / "api.yaml"
    path.write_text("a: 1\n")
    document = load(path, Problems())
    assert document is not None
    assert document.source_name == path.as_posix()
