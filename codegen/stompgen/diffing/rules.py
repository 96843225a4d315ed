"""Compares the rules of conversations: who waits for what, and what may be sent when."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..model import ConversationModel, ReplyRule
from .attributes import attribute_names
from .changes import FINE, WIRE, Breaks, Direction
from .wording import listing

TIMES = {"one": (1, 1), "optional": (0, 1), "some": (1, None), "many": (0, None)}
IN_WORDS = {
    "one": "once",
    "optional": "at most once",
    "some": "at least once",
    "many": "any number of times",
}
SENDER, RECEIVER = Breaks(sender=True), Breaks(receiver=True)
NO_RULES = ConversationModel()
KNOWN = frozenset(
    {"connection", "replies", "during", "errors", "on_end", "at_most_once", "recover"}
)
KNOWN_OF_REPLY = frozenset({"operation", "occurs", "terminal", "terminal_when", "after", "answer"})

Found = tuple[str, Breaks]
"""A sentence, and whom it breaks: who sends the request, or who receives the replies."""


def compare_rules(
    old: ConversationModel | None, new: ConversationModel | None, renamed: Mapping[str, str]
) -> Iterator[tuple[str, Breaks, Direction]]:
    """Yield what changed in the rules of one operation. `renamed`: old operation → new.

    Whom it breaks is meant for the sender of the request, or for the two sides of a reply.
    """
    before = _with_names(old or NO_RULES, renamed)
    after = new or NO_RULES
    yield from ((*found, Direction.RECEIVED) for found in _replies(before, after))
    yield from ((*found, Direction.SENT) for found in _requests(before, after))
    for name in _rest(before, after, KNOWN):
        yield f"The rule {name} changed.", WIRE, Direction.BOTH


def _requests(before: ConversationModel, after: ConversationModel) -> Iterator[Found]:
    """Compare what binds who sends the request."""
    yield from _connection(before, after)
    gone, come = _moved(before.during, after.during)
    if gone:
        # A method of the conversation goes with it.
        breaks = Breaks(sender=True, python=True)
        yield f"{listing(gone)} may not be sent any more while it is open.", breaks
    if come:
        yield f"{listing(come)} may be sent while it is open.", FINE
    if before.at_most_once != after.at_most_once:
        if after.at_most_once:
            yield "It must never be sent twice now; it could be repeated.", SENDER
        else:
            yield "It may be repeated now; it had to be sent at most once.", FINE
    if before.recover != after.recover:
        yield _recover(after), FINE if before.recover is None else SENDER


def _replies(old: ConversationModel, new: ConversationModel) -> Iterator[Found]:
    before = {rule.operation: rule for rule in old.replies}
    after = {rule.operation: rule for rule in new.replies}
    for key, rule in before.items():
        if key in after:
            yield from _reply(rule, after[key])
        else:
            awaited = rule.occurs in {"one", "some"} or rule.terminal
            what = f"The reply `{key}` does not come any more"
            yield (
                f"{what}{': who waits for it waits in vain' if awaited else ''}.",
                Breaks(receiver=awaited),
            )
    for key, rule in after.items():
        if key not in before:
            what = f"The reply `{key}` comes {IN_WORDS[rule.occurs]}"
            yield f"{what}{', and ends it' if rule.terminal else ''}.", RECEIVER
    gone, come = _moved(old.errors, new.errors)
    if gone:
        yield f"{listing(gone)} does not end it any more.", FINE
    if come:
        yield f"{listing(come)} ends it as an error now.", RECEIVER


def _reply(old: ReplyRule, new: ReplyRule) -> Iterator[Found]:
    name = f"The reply `{new.operation}`"
    if old.occurs != new.occurs:
        (low, high), (least, most) = TIMES[old.occurs], TIMES[new.occurs]
        loses = least > low or (most is not None and high is None)
        gains = least < low or (most is None and high is not None)
        yield (
            f"{name} comes {IN_WORDS[new.occurs]}; it came {IN_WORDS[old.occurs]}.",
            Breaks(sender=loses, receiver=gains),
        )
    if (old.terminal, old.terminal_when) != (new.terminal, new.terminal_when):
        yield f"{name} {_end(new)}; before, it {_end(old, was=True)}.", WIRE
    gone, come = _moved(old.after, new.after)
    if gone:
        yield f"{name} need not wait for {listing(gone)} any more.", RECEIVER
    if come:
        yield f"{name} comes only after {listing(come)}.", SENDER
    if old.answer != new.answer:
        told = f"is to be answered with `{new.answer}`" if new.answer else "needs no answer"
        yield f"{name} {told} now.", WIRE
    for part in _rest(old, new, KNOWN_OF_REPLY):
        yield f"{name}: the rule {part} changed.", WIRE


def _connection(old: ConversationModel, new: ConversationModel) -> Iterator[Found]:
    if old.connection != new.connection:
        what = f"It uses the connection `{new.connection}`; it used `{old.connection}`."
        yield what, FINE if new.connection == "any" else SENDER
    if old.on_end != new.on_end:
        what = f"At its end the rule is `{new.on_end}`; it was `{old.on_end}`."
        yield what, SENDER if new.on_end == "must-disconnect" else FINE


def _end(rule: ReplyRule, *, was: bool = False) -> str:
    if rule.terminal_when is not None:
        when = rule.terminal_when
        verb = "ended" if was else "ends"
        return f"{verb} it when its `{when.reply}` equals the request's `{when.request}`"
    if rule.terminal:
        return "ended it" if was else "ends it"
    return "did not end it" if was else "does not end it"


def _recover(new: ConversationModel) -> str:
    if new.recover is None:
        return "No operation tells its outcome any more when it was not seen."
    by = f"`{new.recover.operation}`, by `{new.recover.key}`"
    return f"When its outcome was not seen, ask with {by}."


def _moved(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return what is gone and what has come."""
    return [key for key in old if key not in new], [key for key in new if key not in old]


def _rest(old: Any, new: Any, known: frozenset[str]) -> Iterator[str]:
    """Yield the names of rules that are not known here and differ."""
    for name in attribute_names(old):
        if name not in known and getattr(old, name) != getattr(new, name):
            yield name


def _with_names(rules: ConversationModel, renamed: Mapping[str, str]) -> ConversationModel:
    """Write old rules with the names that the operations have now."""

    def now(key: str) -> str:
        return renamed.get(key, key)

    return attrs.evolve(
        rules,
        replies=tuple(
            attrs.evolve(
                rule,
                operation=now(rule.operation),
                after=tuple(map(now, rule.after)),
                answer=None if rule.answer is None else now(rule.answer),
            )
            for rule in rules.replies
        ),
        during=tuple(map(now, rules.during)),
        errors=tuple(map(now, rules.errors)),
        recover=None
        if rules.recover is None
        else attrs.evolve(rules.recover, operation=now(rules.recover.operation)),
    )
