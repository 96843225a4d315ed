"""The boundary where an AsyncAPI document comes in: `stompgen validate`."""

import os
from pathlib import Path

import pytest

from stompgen.cli import main

DOCUMENT = """\
asyncapi: 3.0.0
info:
  title: Registration
  version: 4.0.1
  x-perspective: client
servers:
  onPremise:
    host: '{host}:7080'
    protocol: stomp
    x-transport: {protocol: wss}
    variables:
      host:
        x-schema: {type: string, minLength: 1}
channels:
  register:
    address: /v1/register
    messages:
      Request: {$ref: '#/components/messages/Request'}
operations:
  register:
    action: send
    channel: {$ref: '#/channels/register'}
components:
  messages:
    Request:
      contentType: application/json
      payload: {$ref: '#/components/schemas/Request'}
  schemas:
    Request:
      type: object
      required: [pointOfSaleActivationCode]
      properties:
        pointOfSaleActivationCode:
          type: string
          pattern: '^[A-Z0-9]{8}$'
"""


def validate(text: str | bytes, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    Path("ips.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    code = main(["validate", "ips.yaml"])
    out, err = capsys.readouterr()
    assert out == ""
    return code, err.splitlines()


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_document_without_a_fault_is_accepted_in_silence(capsys) -> None:
    """What the tables below break is whole: exit code 0, not a word."""
    assert validate(DOCUMENT, capsys) == (0, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "",
            "1:1: #: the document is empty (start it with 'asyncapi: 3.0.0')",
            id="empty",
        ),
        pytest.param(
            "- a\n",
            "1:1: #: the document is not an object (start it with 'asyncapi: 3.0.0')",
            id="a list",
        ),
        pytest.param(
            "info:\n\ttitle: x\n",
            "2:1: #: a tab stands where YAML allows only spaces (indent with spaces)",
            id="a tab",
        ),
        pytest.param(
            "info: [1\ntitle: x\n",
            ("2:6: #: YAML syntax: expected ',' or ']', but got ':' while parsing a flow sequence"),
            id="an open bracket",
        ),
        pytest.param(
            "info:\n  title: a\n  title: b\n",
            "3:3: #/info/title: the key 'title' stands here twice (remove one)",
            id="a key twice",
        ),
        pytest.param(
            "info: !!python/object:os.system {x: 1}\n",
            "1:7: #/info: the tag !!python/object:os.system is not allowed (remove it)",
            id="a tag that runs code",
        ),
        pytest.param(
            "info:\n  1: x\n",
            "2:3: #/info/1: the key 1 is not a text (quote it)",
            id="a number as key",
        ),
        pytest.param(
            "info: *x\n",
            "1:7: #/info: the alias *x has no anchor before it (define the anchor)",
            id="an alias of nothing",
        ),
        pytest.param(
            "info: .nan\n",
            "1:7: #/info: .nan is not a JSON number (write it as a text, in quotes)",
            id="no JSON number",
        ),
        pytest.param(
            "info: a\n---\ninfo: b\n",
            "2:1: #: a second YAML document starts here (keep one in a file)",
            id="two documents",
        ),
        pytest.param(
            b"info:\n  title: \xff\n",
            "2:10: #: this is not UTF-8 (save the document as UTF-8)",
            id="another encoding",
        ),
    ],
)
def test_a_text_that_is_no_document_is_refused_with_its_place(capsys, text, line) -> None:
    """One line on stderr, `file:line:column: #/pointer: what (advice)`; exit code 2."""
    code, lines = validate(text, capsys)
    assert code == 2
    assert f"ips.yaml:{line}" in lines


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        pytest.param(
            "asyncapi: 3.0.0",
            "asyncapi: 1.2.0",
            "1:1: #/asyncapi: AsyncAPI '1.2.0' is not supported (convert it to 3.0.0)",
            id="another version of AsyncAPI",
        ),
        pytest.param(
            "      contentType",
            "      contentTyp",
            (
                "26:7: #/components/messages/Request/contentTyp: a message has no field"
                " 'contentTyp' (did you mean 'contentType'?)"
            ),
            id="a field misspelt",
        ),
        pytest.param(
            "  title: Registration\n",
            "",
            "2:1: #/info: info lacks 'title' (add it)",
            id="a field missing",
        ),
        pytest.param(
            "    action: send",
            "    action: sned",
            (
                "21:5: #/operations/register/action: 'sned' is not allowed here (did you mean"
                " 'send'?)"
            ),
            id="an unknown enum value",
        ),
        pytest.param(
            "          type: string",
            "          type: strin",
            (
                "34:11:"
                " #/components/schemas/Request/properties/pointOfSaleActivationCode/type:"
                " there is no type 'strin' (did you mean 'string'?)"
            ),
            id="an unknown type",
        ),
        pytest.param(
            "          pattern",
            "          patern",
            (
                "35:11:"
                " #/components/schemas/Request/properties/pointOfSaleActivationCode/patern:"
                " unknown keyword 'patern' (did you mean 'pattern'?)"
            ),
            id="an unknown keyword",
        ),
        pytest.param(
            "'^[A-Z0-9]{8}$'",
            "'^[A-Z0-9'",
            (
                "35:11:"
                " #/components/schemas/Request/properties/pointOfSaleActivationCode/pattern:"
                " the pattern cannot be read: unterminated character set at position 1 (mend"
                " the pattern)"
            ),
            id="a broken pattern",
        ),
        pytest.param(
            "/schemas/Request'",
            "/schemas/Reqest'",
            (
                "27:17: #/components/messages/Request/payload/$ref: there is no"
                " #/components/schemas/Reqest (point to something that exists)"
            ),
            id="a reference to nothing",
        ),
        pytest.param(
            "'#/channels/register'",
            "'other.yaml#/a'",
            (
                "22:15: #/operations/register/channel/$ref: $ref other.yaml#/a: there is no file"
                " other.yaml (mend the path)"
            ),
            id="a reference to a file that is not there",
        ),
        pytest.param(
            "client\n",
            "klient\n",
            ("5:3: #/info/x-perspective: 'klient' is not allowed here (did you mean 'client'?)"),
            id="an extension with another value",
        ),
        pytest.param(
            "{protocol: wss}",
            "{protocol: wss, prot: 1}",
            (
                "10:34: #/servers/onPremise/x-transport/prot: unknown key 'prot'"
                " (known: protocol, subprotocols)"
            ),
            id="an unknown key of an extension",
        ),
    ],
)
def test_a_document_that_says_the_wrong_thing_is_refused_with_advice(
    capsys, right: str, wrong: str, line: str
) -> None:
    """Each fault is told once, where it stands, and what is allowed there; exit code 2."""
    assert DOCUMENT.count(right) == 1
    assert validate(DOCUMENT.replace(right, wrong), capsys) == (2, [f"ips.yaml:{line}"])


def test_every_fault_of_a_document_is_told_at_once(capsys) -> None:
    """In the order of the document, so that one look mends all."""
    text = DOCUMENT.replace("action: send", "action: x").replace("contentType", "contentTyp")
    code, lines = validate(text, capsys)
    assert code == 2
    assert [line.split(": ")[0] for line in lines] == ["ips.yaml:21:5", "ips.yaml:26:7"]


def test_a_fault_in_the_text_of_a_document_cannot_steer_the_terminal(capsys) -> None:
    """What is quoted of an untrusted document is escaped, and stays on its line."""
    _, lines = validate('"a\\e[31m\\nb": 1\n', capsys)
    assert all(line.startswith("ips.yaml:1:") for line in lines)
    assert os.linesep not in "".join(lines)
    assert "\x1b" not in "".join(lines)
