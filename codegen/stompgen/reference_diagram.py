"""Sequence diagrams of operations, in Mermaid, drawn from what `x-conversation` says.

Texts of the document stand in labels only, with everything but letters, digits, spaces and a little
punctuation written as Mermaid's character codes: a label cannot end its line, open a block, begin a
directive or hold markup.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from .model import ApiModel, ConversationModel, OperationModel, ReplyRule
from .operations import NO_RULES, story_order
from .problems import one_line
from .reference_text import fence, shortened

LONGEST_LABEL = 72
PLAIN = frozenset(" -_.,/()'?!")
"""Punctuation that means nothing to Mermaid inside a label."""

BLOCKS = {
    "one": None,
    "optional": "opt at most once",
    "some": "loop at least once",
    "many": "loop any number of times",
}

Lines = list[str]


@attrs.frozen(kw_only=True)
class Drawing:
    """What diagrams of one API have in common."""

    model: ApiModel
    titles: Mapping[str, str]
    """What to call each message, by key."""
    stomp: bool
    """True when connecting and subscribing are STOMP's."""

    def of(self, operation: OperationModel) -> str:
        """Draw one operation, as a fenced block of Mermaid."""
        rules = operation.conversation or NO_RULES
        lines = ["sequenceDiagram", "    participant A as This application"]
        lines.append("    participant B as The other side")
        if _talks(operation):
            steps = self._conversation(operation, rules)
        else:
            steps = [*self._messages(operation), *self._reply_of(operation)]
        return fence("mermaid", "\n".join([*lines, *_indented(steps)]))

    def _conversation(self, operation: OperationModel, rules: ConversationModel) -> Lines:
        sends = operation.action == "send"
        replies = story_order(rules.replies)
        found: Lines = []
        if self.stomp and rules.connection == "new":
            found += ["A->>B: CONNECT", "B-->>A: CONNECTED"]
        if self.stomp:
            count = len({*(r.operation for r in replies), *rules.errors})
            found.append(f"A->>B: SUBSCRIBE to {count} destination{'s' if count != 1 else ''}")
        if sends:
            found += self._messages(operation)
        last = [reply for reply in replies if reply.terminal]
        others = [reply for reply in replies if not reply.terminal]
        lanes = [self._lane(lane) for lane in _lanes(others)]
        lanes += [self._during(rules, replies)]
        found += _beside([lane for lane in lanes if lane])
        errors = [line for key in rules.errors for line in self._by_key(key)]
        found += _block("break instead, at any time, an error that ends it", errors)
        return [*found, *self._last(last), *self._end(rules)]

    def _reply_of(self, operation: OperationModel) -> Lines:
        """Draw AsyncAPI's own `reply`."""
        reply = operation.reply
        if reply is None:
            return []
        arrow = "B-->>A" if operation.action == "send" else "A-->>B"
        shown = [label(self.titles.get(key, key)) for key in reply.messages] or ["reply"]
        return _either([f"{arrow}: {text}" for text in shown])

    def _lane(self, replies: Sequence[ReplyRule]) -> Lines:
        return [line for reply in replies for line in self._reply(reply)]

    def _reply(self, reply: ReplyRule) -> Lines:
        found = self._by_key(reply.operation)
        if reply.answer is not None:
            found += self._by_key(reply.answer, note="one answer each")
        if reply.terminal_when is not None:
            at = reply.terminal_when
            found.append(
                f"Note over A,B: the last one when its {label(at.reply)} "
                f"equals {label(at.request)} of the request"
            )
        return _block(BLOCKS[reply.occurs], found)

    def _during(self, rules: ConversationModel, replies: Iterable[ReplyRule]) -> Lines:
        """What may be sent while it is open, beside answers."""
        answers = {reply.answer for reply in replies}
        sends = [line for key in rules.during if key not in answers for line in self._by_key(key)]
        return _block("opt while it is open", sends)

    def _last(self, replies: Sequence[ReplyRule]) -> Lines:
        """The message that ends it; one of several when there are several."""
        if len(replies) < 2:
            return [line for reply in replies for line in self._reply(reply)]
        found: Lines = []
        for index, reply in enumerate(replies):
            found += [f"{'else' if index else 'alt'} the last message"]
            found += _indented(self._by_key(reply.operation))
        return [*found, "end"]

    def _end(self, rules: ConversationModel) -> Lines:
        if rules.on_end == "keep":
            return []
        line = "A->>B: DISCONNECT" if self.stomp else "Note over A,B: the connection is closed"
        return [line] if rules.on_end == "must-disconnect" else _block("opt recommended", [line])

    def _by_key(self, key: str, note: str = "") -> Lines:
        found = self.model.operation_by_key.get(key)
        return self._messages(found, note) if found is not None else []

    def _messages(self, operation: OperationModel, note: str = "") -> Lines:
        arrow = "A->>B" if operation.action == "send" else "B-->>A"
        suffix = f" ({note})" if note else ""
        shown = [f"{arrow}: {label(self.titles.get(k, k))}{suffix}" for k in operation.messages]
        return _either(shown or [f"{arrow}: {label(operation.key)}{suffix}"])


def label(value: str) -> str:
    """Write a text of the document so that it is nothing but a label."""
    shown = one_line(" ".join(shortened(value, LONGEST_LABEL).split()))
    return "".join(c if c.isalnum() or c in PLAIN else f"#{ord(c)};" for c in shown) or "-"


def _talks(operation: OperationModel) -> bool:
    rules = operation.conversation
    return rules is not None and bool(rules.replies or rules.during)


def _lanes(replies: Sequence[ReplyRule]) -> Iterator[list[ReplyRule]]:
    """Group replies that come in an order; those of other groups come whenever they like."""
    known = {reply.operation: reply for reply in replies}
    groups: dict[str, set[str]] = {}
    for reply in replies:
        joined = {reply.operation}.union(
            *(groups.get(key, {key}) for key in reply.after if key in known),
            groups.get(reply.operation, set()),
        )
        for key in joined:
            groups[key] = joined
    seen: set[str] = set()
    for reply in replies:
        if reply.operation not in seen:
            group = groups[reply.operation]
            seen |= group
            yield _in_order([r for r in replies if r.operation in group])


def _in_order(replies: list[ReplyRule]) -> list[ReplyRule]:
    found: list[ReplyRule] = []
    while replies:
        waiting = {reply.operation for reply in replies}
        free = [reply for reply in replies if not waiting.intersection(reply.after)]
        chosen = free or replies  # a circle has been reported
        found += chosen
        replies = [reply for reply in replies if reply not in chosen]
    return found


def _beside(lanes: Sequence[Lines]) -> Lines:
    """Let several things happen in any order."""
    if len(lanes) < 2:
        return [line for lane in lanes for line in lane]
    found: Lines = []
    for index, lane in enumerate(lanes):
        found += ["and" if index else "par in any order", *_indented(lane)]
    return [*found, "end"]


def _either(lines: Lines) -> Lines:
    """Draw one of several messages."""
    if len(lines) < 2:
        return lines
    found: Lines = []
    for index, line in enumerate(lines):
        found += ["else or" if index else "alt either", *_indented([line])]
    return [*found, "end"]


def _block(head: str | None, lines: Lines) -> Lines:
    return [head, *_indented(lines), "end"] if head and lines else lines


def _indented(lines: Iterable[str]) -> Lines:
    return [f"    {line}" for line in lines]
