"""ECMA-262 patterns, told apart from Python's where the two differ."""

import pytest

from stompws.ecma import compile_pattern


@pytest.mark.parametrize(
    ("pattern", "matches", "misses"),
    [
        ("^[A-Z]{3}$", ["GBP"], ["GBP\n", "GB", "xGBP", "GBPx", "\nGBP"]),
        ("b", ["abc"], ["ac", ""]),
        ("a$", ["ba"], ["a\n", "ab"]),
        ("^a|b$", ["ax", "xb"], ["xa", "bx"]),
        (r"^\d+$", ["0189"], ["٣", "\uff11", "1\n"]),
        (r"^\D$", ["٣", "x"], ["1"]),
        (r"^\w+$", ["aZ_9"], ["é", "\u017f", "-"]),
        (r"^\W$", ["é", "\u212a"], ["a", "_"]),
        (r"^\s$", list("\t\n\v\f\r \u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff"),
         ["\x1c", "\x85", "\u200b", "a"]),
        (r"^\S$", ["\x1c", "\x85", "a"], ["\ufeff", " "]),
        ("^.$", ["a", "\x0b", "\x85", "🦀"], ["\n", "\r", "\u2028", "\u2029"]),
        ("^[^]$", ["\n", "a"], ["", "ab"]),
        ("[]", [], ["", "a"]),
        (r"^\/\-\.$", ["/-."], ["/x."]),
        (r"^\u00e9\x41\u{1F980}\uD83E\uDD80$", ["éA🦀🦀"], ["eA"]),
        (r"^\cJ\t\0$", ["\n\t\x00"], ["cJ"]),
        (r"^[\b\d\s]$", ["\b", "1", "\u3000"], ["b", "٣"]),
        (r"^[\W]$", ["é"], ["e"]),
        (r"^[^\D]$", ["5"], ["x", "٣"]),
        (r"^[\w-]+$", ["a-b"], ["a+b", "é"]),
        (r"^[a\-z]$", ["-", "a", "z"], ["b"]),
        ("^[+--]$", ["+", ",", "-"], ["."]),
        ("^[[&&||~~]$", ["[", "&", "|", "~"], ["]"]),
        (r"\bcat\b", ["a cat.", "écaté"], ["cats", "_cat"]),
        (r"^a\Bb$", ["ab"], ["a b"]),
        ("^(?<year>[0-9]{4})-(?:x|y)$", ["2024-x"], ["2024-z"]),
        ("^(?=a)(?!ab)(?<=)a", ["ac"], ["ab"]),
        ("(?<!x)y", ["ay", "y"], ["xy"]),
        ("^a{2}b{1,}c{0,2}?$", ["aab", "aabbcc"], ["ab", "aabccc"]),
        ("^{a}$", ["{a}"], ["a"]),
        ("^a{,2}$", ["a{,2}"], ["a", "aa"]),
        ("^]}$", ["]}"], [""]),
        ("^ # x$", [" # x"], [""]),
        ("", ["", "x"], []),
    ],
)  # fmt: skip
def test_pattern_means_what_ecma_262_says(
    pattern: str, matches: list[str], misses: list[str]
) -> None:
    """A pattern searches; classes and anchors are those of ECMA-262, and of ASCII alone."""
    regex = compile_pattern(pattern)
    assert [text for text in matches if not regex.search(text)] == []
    assert [text for text in misses if regex.search(text)] == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"(a)\1", "back-references"),
        (r"(?<n>a)\k<n>", "back-references"),
        (r"\p{L}", "Unicode property"),
        (r"\Aabc", r"\\A is not ECMA-262"),
        (r"abc\Z", r"\\Z is not ECMA-262"),
        ("a\\", r"\\ is not ECMA-262"),
        ("(?P<n>a)", "this kind of group"),
        ("(?i)a", "this kind of group"),
        ("(?>a)", "this kind of group"),
        ("(?#a)", "this kind of group"),
        ("(?<1>a)", "this kind of group"),
        ("a++", "nothing to repeat"),
        ("a**", "nothing to repeat"),
        ("*a", "nothing to repeat"),
        ("(*a)", "nothing to repeat"),
        ("^*", "nothing to repeat"),
        ("a{1}{2}", "nothing to repeat"),
        ("(a", "unbalanced"),
        ("a)", "unbalanced"),
        ("[a", "unterminated"),
        ("[a\\", "not ECMA-262"),
        ("[z-a]", "out of order"),
        (r"[\w-z]", "end of a range"),
        (r"\xZ1", "hexadecimal"),
        (r"\u12", "hexadecimal"),
        (r"\u{110000}", "no such code point"),
        ("a{3,2}", "min repeat"),
        ("(?<=a+)b", "fixed-width"),
        ("a{99999999999999}", "repetition"),
    ],
)
def test_what_cannot_be_translated_is_refused(pattern: str, reason: str) -> None:
    """Nothing is approximated: the error names the pattern, the place and the reason."""
    with pytest.raises(ValueError, match=reason):
        compile_pattern(pattern)
