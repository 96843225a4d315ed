"""`x-conversation`: its shape, and whether the operations it names can do what it says."""

from .document import Document
from .messages import has_property, missing_step, operation_objects, payloads, property_names
from .normalise import read_conversation
from .pointers import Json, as_list, as_object, as_text, join, parent, split
from .problems import Problems
from .words import did_you_mean, kind_of

KEYS = ("connection", "replies", "during", "errors", "onEnd", "atMostOnce", "recover")
REPLY_KEYS = ("occurs", "terminal", "terminalWhen", "after", "answer")
CHOICES = {
    "connection": ("new", "current", "any"),
    "onEnd": ("must-disconnect", "should-disconnect", "keep"),
}
OCCURS = ("one", "optional", "some", "many")
CURRENT = "set its 'connection: current'"


def check_conversation(document: Document, key: str, problems: Problems) -> None:
    """Report what is wrong with the conversation of one operation, traits applied."""
    shape = _Shape(document, key, problems)
    if shape.check():
        _Meaning(document, key, problems).check()


class _Reporter:
    def __init__(self, document: Document, key: str, problems: Problems) -> None:
        self._document = document
        self._problems = problems
        self._key = key
        self._operations = operation_objects(document)
        at = document.resolve(join("/operations", key))
        self._pointer = join(at, "x-conversation")
        self._value = self._operations[key]["x-conversation"]

    def _report(self, place: tuple[str | int, ...], what: str, advice: str) -> None:
        pointer = join(self._pointer, *place)
        self._problems.add(self._document.problem(pointer, what, advice))


class _Shape(_Reporter):
    """Keys and types."""

    def check(self) -> bool:
        before = len(self._problems)
        if not isinstance(self._value, dict):
            self._report((), f"expected an object, got {kind_of(self._value)}", "")
            return False
        for name, value in self._value.items():
            if name not in KEYS:
                self._report((name,), f"unknown key {name!r}", did_you_mean(name, KEYS))
            elif name in CHOICES:
                self._choice((name,), value, CHOICES[name])
            elif name in ("during", "errors"):
                self._texts((name,), value)
            elif name == "atMostOnce":
                self._flag((name,), value)
            elif name == "replies":
                self._replies(value)
            else:
                self._pair((name,), value, ("operation", "key"))
        return len(self._problems) == before

    def _replies(self, value: Json) -> None:
        if not isinstance(value, dict):
            what = f"expected an object (operation: rules), got {kind_of(value)}"
            self._report(("replies",), what, "")
        for key, rules in as_object(value).items():
            place = ("replies", key)
            if not isinstance(rules, dict):
                self._report(place, f"expected an object, got {kind_of(rules)}", "")
                continue
            if "occurs" not in rules:
                self._report(place, "the reply lacks 'occurs'", "say how often it comes")
            for name, rule in rules.items():
                self._reply_rule((*place, name), name, rule)

    def _reply_rule(self, place: tuple[str, ...], name: str, rule: Json) -> None:
        if name not in REPLY_KEYS:
            self._report(place, f"unknown key {name!r}", did_you_mean(name, REPLY_KEYS))
        elif name == "occurs":
            self._choice(place, rule, OCCURS)
        elif name == "terminal":
            self._flag(place, rule)
        elif name == "terminalWhen":
            self._pair(place, rule, ("reply", "request"))
        elif name == "after":
            self._texts(place, rule)
        else:
            self._text(place, rule)

    def _pair(self, place: tuple[str, ...], value: Json, names: tuple[str, str]) -> None:
        if not isinstance(value, dict):
            self._report(place, f"expected an object, got {kind_of(value)}", "")
            return
        for name in value:
            if name not in names:
                self._report((*place, name), f"unknown key {name!r}", did_you_mean(name, names))
            else:
                self._text((*place, name), value[name])
        for name in names:
            if name not in value:
                self._report(place, f"{place[-1]} lacks {name!r}", "add it")

    def _choice(self, place: tuple[str, ...], value: Json, known: tuple[str, ...]) -> None:
        if self._text(place, value) and value not in known:
            self._report(place, f"{value!r} is not allowed here", did_you_mean(str(value), known))

    def _flag(self, place: tuple[str, ...], value: Json) -> None:
        if not isinstance(value, bool):
            self._report(place, f"expected true or false, got {kind_of(value)}", "")

    def _texts(self, place: tuple[str, ...], value: Json) -> None:
        if not isinstance(value, list):
            self._report(place, f"expected a list, got {kind_of(value)}", "")
        for index, item in enumerate(as_list(value)):
            self._text((*place, str(index)), item)

    def _text(self, place: tuple[str, ...], value: Json) -> bool:
        if not isinstance(value, str):
            self._report(place, f"expected a text, got {kind_of(value)}", "")
        return isinstance(value, str)


class _Meaning(_Reporter):
    """What it says of other operations; the shape is right."""

    def check(self) -> None:
        self._rules = read_conversation(as_object(self._value))
        for index, key in enumerate(self._rules.errors):
            self._expect(("errors", index), key, "receive")
        for index, key in enumerate(self._rules.during):
            if self._expect(("during", index), key, "send"):
                self._inside(("during", index), key)
        for reply in self._rules.replies:
            self._reply(reply.operation)
        self._reply_channel()
        self._end()
        self._recover()

    def _reply(self, key: str) -> None:
        reply = next(rule for rule in self._rules.replies if rule.operation == key)
        if key in self._rules.errors:
            what = f"{key!r} is a reply and an error"
            self._report(("replies", key), what, "an error ends it anyway; keep one of the two")
        known = self._expect(("replies", key), key, "receive")
        names = [rule.operation for rule in self._rules.replies]
        ends = {rule.operation for rule in self._rules.replies if rule.terminal}
        for index, name in enumerate(reply.after):
            at = ("replies", key, "after", index)
            if name == key:
                self._report(at, f"{key!r} cannot come after itself", "remove it")
            elif name not in names:
                what = f"{name!r} is not a reply of this conversation"
                self._report(at, what, did_you_mean(name, names))
            elif self._follows(name, key):
                what = f"{key!r} and {name!r} each come after the other"
                self._report(at, what, "remove one of them")
            elif name in ends:
                what = f"{name!r} ends the conversation, so {key!r} cannot come after it"
                self._report(at, what, f"let {name!r} come last, or do not call it terminal")
        if reply.answer is not None:
            place = ("replies", key, "answer")
            if self._expect(place, reply.answer, "send"):
                self._inside(place, reply.answer)
                if reply.answer not in self._rules.during:
                    what = f"the answer {reply.answer!r} is not among what may be sent"
                    self._report(place, what, f"add {reply.answer!r} to during")
        if reply.terminal and reply.occurs in ("some", "many"):
            what = f"a terminal reply ends the conversation, so it cannot occur {reply.occurs!r}"
            self._report(("replies", key, "occurs"), what, "write 'one' or 'optional'")
        if reply.terminal and reply.terminal_when is not None:
            what = "terminal and terminalWhen contradict each other"
            self._report(("replies", key, "terminalWhen"), what, "keep one")
        if reply.terminal_when is not None and known:
            self._pointer_exists(key, ("replies", key, "terminalWhen", "reply"))
            self._pointer_exists(self._key, ("replies", key, "terminalWhen", "request"))

    def _follows(self, name: str, key: str) -> bool:
        """Tell whether a reply waits, directly or not, for another."""
        after = {rule.operation: rule.after for rule in self._rules.replies}
        seen: set[str] = set()
        todo = [name]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo += after.get(here, ())
        return key in seen

    def _pointer_exists(self, operation: str, place: tuple[str, ...]) -> None:
        value = as_text(self._document.raw(join(self._pointer, *place))) or ""
        if not value.startswith("/"):
            self._report(place, f"{value!r} is not a JSON pointer", "start it with '/'")
            return
        schemas = payloads(self._document, operation)
        for schema in schemas:
            if (step := missing_step(self._document, schema, split(value))) is not None:
                what = f"the payload of {operation!r} has no {step!r}"
                names = property_names(self._document, schema)
                self._report(place, what, did_you_mean(step, names))
        if not schemas:
            self._report(place, f"{operation!r} has no payload", "remove terminalWhen")

    def _reply_channel(self) -> None:
        """AsyncAPI's own `reply` says a part of what `replies` says, and nothing else."""
        owner = parent(self._pointer)
        found = self._document.find(join(owner, "reply", "channel"))
        keys = [rule.operation for rule in self._rules.replies]
        if found is None or not keys or not set(keys) <= self._operations.keys():
            return
        places = [self._document.find(join("/operations", key, "channel")) for key in keys]
        if found[0] not in {place[0] for place in places if place is not None}:
            what = f"no reply of the conversation comes on the channel {split(found[0])[-1]!r}"
            advice = "name the channel of one of the replies, or add the reply"
            problem = self._document.problem(join(owner, "reply", "channel"), what, advice)
            self._problems.add(problem)

    def _end(self) -> None:
        rules = self._rules
        if rules.connection == "current":
            for name, given in (("replies", rules.replies), ("during", rules.during)):
                if given:
                    what = f"{name} and 'connection: current' contradict each other"
                    advice = "a send inside a conversation has no conversation of its own"
                    self._report((name,), what, advice)
            return
        ends = any(reply.terminal or reply.terminal_when for reply in rules.replies)
        if rules.connection == "new" and rules.replies and not ends:
            what = "no reply is terminal, so the connection would never end"
            self._report(("replies",), what, "give one reply 'terminal: true' or terminalWhen")
        if rules.during and not rules.replies:
            self._report(("during",), "there are no replies to be sent among", "name the replies")
        if self._operations[self._key].get("action") == "receive":
            # A subscription that is a request is answered on its own destination.
            if rules.replies and self._key not in {reply.operation for reply in rules.replies}:
                what = f"{self._key!r} is subscribed to as a request but is not among the replies"
                self._report(("replies",), what, f"add {self._key!r}")
            if rules.at_most_once:
                what = "atMostOnce says nothing of an operation that sends nothing"
                self._report(("atMostOnce",), what, "remove it")
            if rules.connection == "new" and not rules.replies:
                what = f"{self._key!r} only answers, so it cannot open a connection"
                self._report(("connection",), what, "write 'current' or 'any'")

    def _recover(self) -> None:
        recover = self._rules.recover
        if recover is None:
            return
        if not self._expect(("recover", "operation"), recover.operation, "send"):
            return
        if recover.operation == self._key:
            what = "the operation recovers by itself"
            self._report(("recover", "operation"), what, "name a query of the outcome")
        elif as_object(self._operations[recover.operation].get("x-conversation")).get("atMostOnce"):
            what = f"{recover.operation!r} is sent at most once, so it cannot be a query"
            self._report(("recover", "operation"), what, "name a query that can be repeated")
        for operation in (self._key, recover.operation):
            for schema in payloads(self._document, operation):
                if not has_property(self._document, schema, recover.key):
                    what = f"the payload of {operation!r} has no property {recover.key!r}"
                    names = property_names(self._document, schema)
                    self._report(("recover", "key"), what, did_you_mean(recover.key, names))

    def _inside(self, place: tuple[str | int, ...], key: str) -> None:
        rules = as_object(self._operations[key].get("x-conversation"))
        if rules.get("connection") != "current":
            what = f"{key!r} is sent inside this conversation, but may open a connection"
            self._report(place, what, CURRENT)

    def _expect(self, place: tuple[str | int, ...], key: str, action: str) -> bool:
        """Tell whether an operation exists and acts as the place needs; report if not."""
        if key not in self._operations:
            what = f"there is no operation {key!r}"
            self._report(place, what, did_you_mean(key, self._operations))
            return False
        found = self._operations[key].get("action")
        if found != action and found in ("send", "receive"):  # anything else has been reported
            what = f"{key!r} is a {found} operation, expected {action}"
            self._report(place, what, f"name a {action} operation")
        return found == action
