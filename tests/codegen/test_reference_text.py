"""The ways for text into Markdown and Mermaid: whatever it says, it stays a text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_reading import ADDRESS, diagram_faults, faults, read
from stompgen.reference_diagram import label
from stompgen.reference_text import cell, code, fence, link, prose, sentence, slug, table, text

EVIL = [
    "a | b |",
    "|---|---|",
    "\\|",
    "x\\",
    "`",
    "``` \n</details>",
    "```mermaid\ngraph",
    "~~~",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</a><a id='x'>",
    "<!-- -->",
    "[x](javascript:alert(1))",
    "[x](data:text/html,x)",
    "![x](http://example.org/x.png)",
    "[x]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "[a](https://example.org/`|x`)",
    "# heading",
    "heading\n===",
    "heading\n---",
    "> quote",
    "- [ ] task",
    "1. one",
    "    code",
    "\tcode",
    "***",
    "**bold**",
    "__init__",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "a\u2028# b",
    "a\x0b- b",
    "a\x85| b",
    "\u202eevil\u202c",
    "\x00",
    "\ud800",
    "$x$",
    "{{ 7*7 }}",
    "{% raw %}",
    "",
    " ",
    "\n",
    "a" * 10_000,
    "`" * 10_000,
    "[" * 10_000,
    "**" * 5_000,
]
ANY = st.text(st.characters(), max_size=60) | st.lists(
    st.sampled_from([*EVIL[:-4], "`", "|", "\n", " ", "\\", "<", "[x](", ")", "*", "_", "#"]),
    max_size=6,
).map("".join)


def check_page(page: str) -> None:
    """Nothing of ours is missing, and nothing is there that is not ours."""
    assert faults({"page.md": page}) == []


@pytest.mark.parametrize("value", EVIL)
def test_a_text_stays_in_its_cell(value: str) -> None:
    """Three cells in each of three rows, whatever is in them, and then a paragraph."""
    cells = [(text(value), code(value), cell(value))] * 2
    page = read(f"{table('abc', cells)}\n\nafter")
    assert [len(row) for row in page.tables[0]] == [3, 3, 3]
    assert page.blocks == ["table_open", "paragraph_open"]
    check_page(f"{table('abc', cells)}\n\nafter")


@pytest.mark.parametrize("value", EVIL)
def test_a_description_is_paragraphs_lists_and_code(value: str) -> None:
    """No heading, table, quote or HTML comes out of a description, and no fence of a language."""
    page = read(f"before\n\n{prose(value)}\n\nafter")
    assert set(page.blocks) <= {
        "paragraph_open",
        "bullet_list_open",
        "ordered_list_open",
        "fence",
    }
    assert page.blocks[0] == page.blocks[-1] == "paragraph_open"
    assert all(language == "text" for language, _ in page.fences)
    check_page(f"before\n\n{prose(value)}\n\nafter")


@given(ANY)
def test_no_text_breaks_a_page(value: str) -> None:
    """The same for anything, at every place where a text can stand."""
    cells = [(text(value), code(value), cell(value))]
    page = "\n\n".join(
        [
            f"## {text(value)}",
            table("abc", cells),
            f"- {sentence(value)}",
            f"x {code(value)} y {link(text(value), value)}",
            fence("json", value),
            prose(value),
            "after",
        ]
    )
    found = read(page)
    assert [len(row) for row in found.tables[0]] == [3, 3]
    assert len(found.tables) == 1
    assert len(found.headings) == 1
    assert found.fences[0][0] == "json"
    assert all(language in {"json", "text"} for language, _ in found.fences)
    assert found.blocks[-1] == "paragraph_open"
    check_page(page)


@given(ANY)
def test_a_label_is_a_label(value: str) -> None:
    """It fits the grammar of diagrams, and is read as the text it was."""
    shown = label(value)
    head = ["sequenceDiagram", "participant A as One", "participant B as Two"]
    lines = [*head, f"A->>B: {shown}", f"loop {shown}", f"B-->>A: {shown}", "end"]
    assert diagram_faults("\n".join(lines)) == []
    decoded = re.sub(r"#(\d+);", lambda m: chr(int(m[1])), shown)
    if value.isascii() and value.isprintable() and value.split() and len(value) < 70:
        assert decoded == " ".join(value.split())


@given(ANY)
def test_code_shows_what_it_was_given(value: str) -> None:
    """Nothing is lost or added, but what cannot be seen is written as an escape."""
    if not (value.isprintable() and value.strip()):
        return
    shown = code(value)
    ticks = re.match("`+", shown)
    inner = shown[len(ticks[0]) : -len(ticks[0])] if ticks else html.unescape(shown)[6:-7]
    expected = value.expandtabs(4)
    assert inner in (expected, f" {expected} ")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:,x", "//x", "http://a b", "https://x/)|`", "ftp://x", ""]
)
def test_only_safe_addresses_become_links(url: str) -> None:
    """Anything else is shown as it was written."""
    assert read(link("label", url)).links == []
    assert set(read(prose(f"[label]({url})")).links) <= {"https://x/"}


def test_what_authors_mean_is_kept() -> None:
    """Paragraphs, lists, code, emphasis and links of a description survive."""
    shown = prose("One `a|b`.\n\n- **x** [y](https://example.org/a_b)\n- <https://example.org>\n")
    assert shown == (
        "One <code>a&#124;b</code>.\n\n"
        "- **x** [y](https://example.org/a_b)\n"
        "- [https://example.org](https://example.org)"
    )
    assert all(ADDRESS.fullmatch(url) for url in read(shown).links)


@given(ANY)
def test_a_slug_is_a_file_name_everywhere(value: str) -> None:
    """Letters, digits and hyphens: no path, no dot, no device, never empty."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(value))
    assert len(slug(value)) <= 60
