"""Scenario files: what is wrong with one is told with its place, all at once."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from ips_simulator import FaultKind, Library, ScenarioError, Step, load_scenario
from ips_simulator.scenario import Ask, Decide, Notify, TakeCard, TellResult, Wait
from ips_simulator.scenario_file import SCHEMA, parse_scenario
from ips_simulator.scenario_library import SHIPPED
from worldpay_ips import Result
from worldpay_ips.operations import API

HEAD = "name: x\ntitle: X\n"
TAIL = "expect:\n  - do: startPayment\n    result: authorised-online\n"


def payment(*steps: str) -> str:
    """A file with these steps; the first stands in line 4."""
    lines = "".join(f"  - {step}\n" for step in steps)
    return f"{HEAD}payment:\n{lines}{TAIL}"


def expect(*lines: str) -> str:
    """A file with this one expectation; its first line is line 4."""
    return f"{HEAD}expect:\n  - " + "\n    ".join(lines) + "\n"


BAD = [
    # -- no YAML of ours
    ("a: [1", ("x.yaml:1:6: the file: not YAML: while parsing a flow sequence expected ',' or ']',"
     " but got '<stream end>'")),
    ("a: 1\na: 2", "x.yaml:2:1: the file: 'a' stands here twice (leave one of them out)"),
    ("a: &b 1", "x.yaml:1:4: a: an anchor (write the value out where it is needed)"),
    ("a: *b", "x.yaml:1:4: a: an alias (write the value out)"),
    ("a: !!python/object:os.system x", "x.yaml:1:4: a: a tag (leave it out)"),
    ("a: 1\n---\nb: 2", "x.yaml:2:1: the file: a second document (one scenario in a file)"),
    ("[a]: 1", "x.yaml:1:1: the file: a name that is not a text (write names as plain words)"),
    ("a:\n" + "[" * 30, "x.yaml:2:20: a" + "[0]" * 19 + ": nested deeper than 20 levels"),
    ("a: \x07", "x.yaml:1:1: the file: not YAML: a character that is not allowed"),
    ("#" * 70_000, "x.yaml:1:1: the file: longer than 64 KiB (a scenario is one page)"),
    # -- the schema
    ("", "x.yaml:1:1: the file: expected names with values, got nothing"),
    ("- a", "x.yaml:1:1: the file: expected names with values, got a list"),
    (f"name: x\n{TAIL}", "x.yaml:1:1: the file: 'title' is missing"),
    (f"{HEAD}titel: Y\n{TAIL}", "x.yaml:3:1: titel: unknown name (is 'title' meant?)"),
    (f"name: X 1\ntitle: X\n{TAIL}",
     "x.yaml:1:1: name: 'X 1' is not spelled as it must be (^[a-z0-9]+(-[a-z0-9]+)*$)"),
    (f"name: x\ntitle: ''\n{TAIL}",
     "x.yaml:2:1: title: a text of 0 characters (1 to 200 are possible)"),
    (f"{HEAD}invented: yes\n{TAIL}", "x.yaml:3:1: invented: expected true or false, got a text"),
    (f"{HEAD}magic_amount: 1099\n{TAIL}",
     "x.yaml:3:1: magic_amount: 1099 is out of range (900001 to 909999)"),
    (f"{HEAD}payment: []\n{TAIL}", "x.yaml:3:1: payment: 0 entries (minItems is 1)"),
    (f"{HEAD}payment: approved\n{TAIL}", "x.yaml:3:1: payment: expected a list, got a text"),
    (payment("wiat: 2"), "x.yaml:4:5: payment[0].wiat: unknown name (is 'wait' meant?)"),
    (payment("wait: -1"), "x.yaml:4:5: payment[0].wait: -1 is out of range (0 to 86400)"),
    (payment("wait: soon"), "x.yaml:4:5: payment[0].wait: expected a number, got a text"),
    (payment("{wait: 1, notify: A}"),
     ("x.yaml:4:5: payment[0]: a step is one word with its value, not 2 (begin each step with a"
     " dash)")),
    (payment("finish"), ("x.yaml:4:5: payment[0]: 'finish' is not possible (possible: card, decide,"
     " result, complete)")),
    (payment("notify: 5"), "x.yaml:4:5: payment[0].notify: expected a text, got a number"),
    (payment("card: wave"), ("x.yaml:4:5: payment[0].card: 'wave' is not possible (possible:"
     " insert, tap, swipe, key)")),
    (payment("card: {by: tap, txt: A}"),
     "x.yaml:4:21: payment[0].card.txt: unknown name (is 'text' meant?)"),
    (payment("ask: {yes: succeeded}"), "x.yaml:4:5: payment[0].ask: 'kind' is missing"),
    (payment("decide: authorized-online"), ("x.yaml:4:5: payment[0].decide: 'authorized-online' is"
     " not possible (is 'authorised-online' meant?)")),
    (payment("decide: {amount: 10.99}"),
     "x.yaml:4:14: payment[0].decide.amount: expected a whole number, got a number"),
    (payment("fault: earthquake"),
     "x.yaml:4:5: payment[0].fault: 'earthquake' is not possible (the schema lists what is)"),
    (payment("fault: dorp"),
     "x.yaml:4:5: payment[0].fault: 'dorp' is not possible (is 'drop' meant?)"),
    (payment("fault: {kind: drop, seconds: 3}"),
     ("x.yaml:4:5: payment[0].fault: drop takes no seconds (docs/faults-in-scenarios.md has a"
     " table)")),
    (f"{HEAD}faults:\n  - {{kind: late, before: result, frame: 3}}\n{TAIL}",
     ("x.yaml:4:5: faults[0]: a fault strikes at one of: a point, a frame, a destination"
     " (docs/faults-in-scenarios.md has a table)")),
    (f"{HEAD}operations: {{startPayment: []}}\n{TAIL}",
     "x.yaml:3:14: operations.startPayment: unknown name (is 'settlePayment' meant?)"),
    (expect("do: restartTill", "result: failed"), ("x.yaml:4:5: expect[0].do: 'restartTill' is not"
     " possible (is 'restartDevice' meant?)")),
    (expect("do: startPayment", "lost: false"),
     "x.yaml:5:5: expect[0].lost: only true is possible"),
    # -- what a schema cannot say
    (f"name: y\ntitle: X\n{TAIL}",
     "x.yaml:1:1: name: 'y' in a file called x.yaml (rename one)"),
    (payment("notify: 4111 1111 1111 1111"), ("x.yaml:4:5: payment[0].notify: this looks like the"
     " number of a card (mask it: 492949XXXXXX0002)")),
    (payment("result"), ("x.yaml:4:5: payment[0]: `result` before `decide` (put `decide` before"
     " it)")),
    (payment("decide", "decide"),
     "x.yaml:5:5: payment[1]: a second `decide` (the first is payment[0])"),
    (payment("pin: correct"), "x.yaml:4:5: payment[0]: `pin` before `card` (put `card` before it)"),
    (payment("decide", "ask: avs-confirmation"), ("x.yaml:5:5: payment[1]: `ask` after `decide` can"
     " change nothing (put it before)")),
    (payment("decide", "result", "complete", "wait: 1"), ("x.yaml:7:5: payment[3]: nothing but a"
     " fault follows `complete` (move it up)")),
    (f"{HEAD}rules: {{abortet: failed}}\n{TAIL}",
     "x.yaml:3:9: rules.abortet: there is no such switch (Inventions lists them)"),
    (f"{HEAD}rules: {{second_payment: maybe}}\n{TAIL}",
     "x.yaml:3:9: rules.second_payment: the switch cannot be set to 'maybe'"),
    (f"{HEAD}operations: {{deviceStatus: [reply, reply]}}\n{TAIL}",
     "x.yaml:3:36: operations.deviceStatus[1]: the operation was answered before (leave it out)"),
    (expect("do: startPayment", "lost: true", "error: '1'"),
     "x.yaml:4:5: expect[0]: `error` and `lost` exclude each other (keep one)"),
    (expect("do: settlePayment"),
     "x.yaml:4:5: expect[0]: it does not say how settlePayment ends (add `result`)"),
    (expect("do: deviceStatus", "abort_at: A"),
     "x.yaml:5:5: expect[0].abort_at: only a payment can have this"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), BAD, ids=[p[:60] for _, p in BAD])
def test_a_problem_is_told_with_its_place_and_a_way_out(text: str, problem: str) -> None:
    """File, line, column, path, what, and what to do."""
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, "x.yaml")
    assert str(caught.value).splitlines() == [problem]


def test_all_problems_are_told_in_the_order_of_the_text() -> None:
    """Nobody mends a file one message at a time."""
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(payment("wiat: 1", "card: wave", "pin: right"), "x.yaml")
    assert [problem.place.line for problem in caught.value.problems] == [4, 5, 6]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """With the line where it ends to be one."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"name: x\ntitle: \xff\n")
    with pytest.raises(ScenarioError, match=re.escape("x.yaml:2:1: the file: not UTF-8")):
        load_scenario(path)


def test_a_file_becomes_a_scenario(tmp_path: Path) -> None:
    """Words stand for steps with their defaults; numbers keep their digits."""
    path = tmp_path / "x.yaml"
    steps = ["card", "wait: 0.5", "notify: 'no'", "decide: {cashback: 5}", "result", "complete"]
    path.write_text(payment(*steps), encoding="utf-8")
    scenario = load_scenario(path)
    assert scenario.payment is not None
    assert scenario.payment[:5] == (
        TakeCard(),
        Wait(0.5),
        Notify("no"),
        Decide(cashback=5),
        TellResult(),
    )


def test_yes_and_no_are_words() -> None:
    """As in YAML 1.2; PyYAML alone would take them for true and false."""
    text = payment("ask: {kind: avs-confirmation, yes: succeeded, no: cancelled}", "decide")
    scenario = parse_scenario(text, "x.yaml")
    assert scenario.payment is not None
    assert scenario.payment[0].no is Result.CANCELLED  # type: ignore[union-attr]


def test_the_schema_is_one_and_names_what_there_is() -> None:
    """It is written out for editors; a new value, point, fault or operation must come into it."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    defined = schema["$defs"]
    assert defined["result"]["enum"] == [result.value for result in Result]
    assert defined["faultKind"]["enum"] == [kind.value for kind in FaultKind]
    assert defined["faultAt"]["properties"]["before"]["enum"] == [step.value for step in Step]
    assert defined["ask"]["enum"] == [kind.value for kind in Ask]
    operations = {one.name for one in API.operations if one.conversation.replies}
    assert set(schema["properties"]["operations"]["properties"]) == operations - {"startPayment"}


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_any_reader_of_yaml_finds_shipped_files_valid(path: Path) -> None:
    """Editors use the schema with a reader of their own, which may be one of YAML 1.1."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    text = re.sub(r"\b(yes|no)\b(?=[,}]|:)", r"'\1'", path.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(yaml.safe_load(text))
    assert Library().get(path.stem).name == path.stem
