"""The filters: no text of a document leaves its string."""

import ast

import pytest

from stompgen.filters import WIDTH, docstring, literal, literal_lines

HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"""',
    '""""""',
    "'",
    "'''",
    "\\",
    "\\\\",
    'ends with a quote"',
    'ends with an escaped quote\\"',
    "ends with a backslash\\",
    "\\N{BULLET} \\x41 \\u0041 \\101",
    "line\nline",
    "return\rreturn\r\nend",
    "bidi \u202e \u2066 \u200f end",
    "control \x00 \x07 \x1b[31m \x7f \x85 \u2028 \u2029",
    "lone surrogate \ud800",
    "{{ 7 * 7 }} {% if x %} {# note #}",
    'import os"""; import os; """',
    "f{string} %s %(name)s $name",
    "ünïcode 日本 🎉",
]


def evaluate(source: str) -> object:
    """Evaluate a source text that has to be one constant."""
    tree = ast.parse(source.strip(), mode="eval")
    assert isinstance(tree.body, ast.Constant)
    return tree.body.value


@pytest.mark.parametrize("text", HOSTILE)
def test_a_literal_means_exactly_its_text(text) -> None:
    """Python reads back what the document says."""
    assert evaluate(literal(text)) == text


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 1000, "many\nlines\n" * 50])
def test_a_literal_in_lines_means_exactly_its_text(text) -> None:
    """A long constant is cut into pieces that mean the same together."""
    assert evaluate(literal_lines(text)) == text


@pytest.mark.parametrize("filter_", [literal, literal_lines, docstring])
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_invisible_is_written(filter_, text) -> None:
    """Who reviews the code sees what is there: no control or bidirectional character is in it."""
    assert all(char.isprintable() or char == "\n" for char in filter_(text))


@pytest.mark.parametrize("indent", [0, 4, 8])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_docstring_is_one_constant_with_the_words_of_its_text(text, indent) -> None:
    """Wrapping changes white space and nothing else; what has no bytes is shown as an escape."""
    value = evaluate(docstring(text, indent))
    assert isinstance(value, str)
    assert value.split() == text.encode("utf-8", "backslashreplace").decode("utf-8").split()


@pytest.mark.parametrize("length", range(80, 110))
@pytest.mark.parametrize("indent", [0, 4, 8])
def test_a_docstring_keeps_to_100_columns(length, indent) -> None:
    """The quotes and the margin count."""
    text = ("word " * 40)[:length].strip()
    lines = (" " * indent + docstring(text, indent)).split("\n")
    assert max(map(len, lines)) <= WIDTH


def test_a_docstring_of_one_line_stands_on_one_line() -> None:
    """As one would write it."""
    assert docstring("Says it all.") == '"""Says it all."""'


def test_paragraphs_and_items_of_a_list_stay_apart() -> None:
    """What the author separated is not run together."""
    text = "First.\n\nOf two:\n- one\n  and more\n- two\n\nRaises:\n    Error: When it fails."
    assert docstring(text) == (
        '"""First.\n\n    Of two:\n    - one and more\n    - two\n\n'
        '    Raises:\n        Error: When it fails.\n    """'
    )


def test_a_word_longer_than_a_line_is_not_broken() -> None:
    """A link that is cut is no link."""
    link = "https://example.com/" + "x" * 120
    assert link in docstring(f"See {link} for more.")
