"""What a schema cannot say about a scenario: that its steps make sense in their order."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from stompws.masking import is_cut_short, mask_numbers
from stompws.values import is_array, is_mapping
from worldpay_ips.operations import API

from .invented import Inventions
from .scenario_build import build_fault
from .scenario_problems import Path

Members = Mapping[str, Any]


@attrs.frozen
class Finding:
    """A problem without its place in the text."""

    path: Path
    what: str
    advice: str = ""


def check(data: Members, stem: str) -> Iterator[Finding]:
    """Everything that is wrong with data that fits the schema."""
    for rule in _RULES:
        yield from rule(data)
    if data["name"] != stem:
        yield Finding(("name",), f"{data['name']!r} in a file called {stem}.yaml", "rename one")


def _no_card_numbers(data: Members) -> Iterator[Finding]:
    for path, text in _texts(data, ()):
        if mask_numbers(text) != text and not is_cut_short(text):
            advice = "mask it: 492949XXXXXX0002"
            yield Finding(path, "this looks like the number of a card", advice)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path, str(value)
    elif is_array(value):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif is_mapping(value):
        for name, item in value.items():
            yield from _texts(item, (*path, name))


def _word(step: Any) -> str:
    return step if isinstance(step, str) else next(iter(step))


def _order_of_steps(data: Members) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index, step in enumerate(data.get("payment", ())):
        path: Path = ("payment", index)
        word = _word(step)
        for end in ("complete", "error"):
            if end in seen and word != "fault":
                yield Finding(path, f"nothing but a fault follows `{end}`", "move it up")
        if word in _ONCE and word in seen:
            yield Finding(path, f"a second `{word}`", f"the first is payment[{seen[word]}]")
        for earlier in _AFTER.get(word, ()):
            if earlier not in seen:
                yield Finding(path, f"`{word}` before `{earlier}`", f"put `{earlier}` before it")
        if "decide" in seen and word in _BEFORE_DECIDING:
            yield Finding(path, f"`{word}` after `decide` can change nothing", "put it before")
        seen.setdefault(word, index)


_ONCE: Final = frozenset({"decide", "result", "complete", "card"})
_AFTER: Final = {
    "result": ("decide",),
    "complete": ("result",),
    "pin": ("card",),
    "remove_card": ("card",),
}
_BEFORE_DECIDING: Final = frozenset({"ask", "card", "pin", "abort_window"})


def _known_rules(data: Members) -> Iterator[Finding]:
    names = [field.name for field in attrs.fields(Inventions)]
    for name, value in data.get("rules", {}).items():
        if name not in names:
            yield Finding(("rules", name), "there is no such switch", "Inventions lists them")
            continue
        try:
            Inventions().with_rules({name: value})
        except (ValueError, TypeError):
            yield Finding(("rules", name), f"the switch cannot be set to {value!r}")


def _faults(data: Members) -> Iterator[tuple[Path, Any]]:
    yield from ((("faults", index), one) for index, one in enumerate(data.get("faults", ())))
    lists: list[tuple[Path, Any]] = [(("payment",), data.get("payment", ()))]
    lists += [(("operations", name), steps) for name, steps in data.get("operations", {}).items()]
    for path, steps in lists:
        for index, step in enumerate(steps):
            if _word(step) == "fault":
                yield (*path, index, "fault"), step["fault"]


def _possible_faults(data: Members) -> Iterator[Finding]:
    for path, one in _faults(data):
        try:
            build_fault(one)
        except ValueError as exc:
            yield Finding(path, str(exc), "docs/faults-in-scenarios.md has a table")


def _no_answer_after_the_answer(data: Members) -> Iterator[Finding]:
    for name, steps in data.get("operations", {}).items():
        ended = False
        for index, step in enumerate(steps):
            path: Path = ("operations", name, index)
            if ended and _word(step) != "fault":
                yield Finding(path, "the operation was answered before", "leave it out")
            ended = ended or _word(step) in ("reply", "error")


def _sensible_expectations(data: Members) -> Iterator[Finding]:
    for index, one in enumerate(data["expect"]):
        path: Path = ("expect", index)
        ends = [name for name in ("result", "no_payments", "error", "lost") if name in one]
        if len(ends) > 1:
            both = " and ".join(f"`{end}`" for end in ends)
            yield Finding(path, f"{both} exclude each other", "keep one")
        replies = [reply.operation for reply in API.by_name[one["do"]].conversation.replies]
        if not ends and "onPaymentResult" in replies:
            yield Finding(path, f"it does not say how {one['do']} ends", "add `result`")
        if one["do"] != "startPayment":
            for name in ("answers", "abort_at"):
                if name in one:
                    yield Finding((*path, name), "only a payment can have this")


_RULES: Final[tuple[Callable[[Members], Iterator[Finding]], ...]] = (
    _no_card_numbers,
    _order_of_steps,
    _known_rules,
    _possible_faults,
    _no_answer_after_the_answer,
    _sensible_expectations,
)
