"""Compares the fields of two objects that are the same one."""

from ..schemas import Anything, FieldSchema, ObjectSchema
from .changes import FINE, WIRE, Area, Breaks, Direction, Kind
from .comparison import Comparison, accepts_all
from .limits import Fit
from .matching import match_keys, similar
from .surface import Attribute, PythonClass
from .values import is_closed_object
from .wording import Told, bare, in_words, kind_of, variable

KNOWN = {"wire", "value", "required", "guessed", "header_role", "doc"}
TOLD = ("description", "source", "deprecated", "format", "unit_of")
RENAMED = 0.5
"""How alike two names have to be, when their types are equal, to pass for one."""

RENAMED_AND_LIMITED = 0.6
"""The same when the limits changed too."""


def compare_fields(comparison: Comparison, old: ObjectSchema, new: ObjectSchema) -> None:
    """Note what changed in the fields of an object."""
    _Fields(comparison, old, new).compare()


class _Fields:
    def __init__(self, comparison: Comparison, old: ObjectSchema, new: ObjectSchema) -> None:
        self._all = comparison
        self._old, self._new = old, new
        self._python: tuple[PythonClass, PythonClass] = comparison.python_pair(
            old.pointer, new.pointer
        )
        self._class = comparison.new.name(new.pointer)
        self._direction = comparison.direction(old.pointer, new.pointer)

    def compare(self) -> None:
        before = {field.wire: field for field in self._old.fields}
        after = {field.wire: field for field in self._new.fields}
        match = match_keys(before, after, lambda one, two: self._alike(before[one], after[two]))
        for wire, field in before.items():
            if wire in match.pairs:
                self._pair(field, after[match.pairs[wire]], match.guesses.get(wire))
            else:
                self._removed(field)
        for wire, field in after.items():
            if wire not in match.pairs.values():
                self._added(field)
        if fit := self._all.judge.fit_others(self._old, self._new):
            what = "What it says of other fields, or of the whole, is less strict."
            if fit.loses:
                what = "What it says of other fields, or of the whole, is stricter or another."
            breaks = Breaks(sender=fit.loses, receiver=fit.gains)
            self._note(kind_of(fit), self._class, what, breaks=breaks)

    def _alike(self, old: FieldSchema, new: FieldSchema) -> tuple[float, str] | None:
        """Tell whether a field that came may be one that went under another name."""
        if isinstance(old.value.type, Anything) or not self._types(old, new):
            return None
        equal = self._all.judge.equal(old.value, new.value)
        score = similar(old.wire, new.wire)
        if equal and old.doc.description and old.doc.description == new.doc.description:
            return 2.0, "the type and the description are equal"
        if equal and score >= RENAMED:
            return score, "the type is equal and the names are alike"
        if score >= RENAMED_AND_LIMITED:
            return score / 2, "the names are alike, and the Python type is equal"
        return None

    def _types(self, old: FieldSchema, new: FieldSchema) -> bool:
        """Tell whether two fields have the same Python type, but for absence."""
        before = self._python[0].attribute_of(old.wire)
        after = self._python[1].attribute_of(new.wire)
        if before is None or after is None:
            return False
        return bare(self._all.renamed(before.annotation)) == bare(after.annotation)

    # What came and went.

    def _removed(self, field: FieldSchema) -> None:
        attribute = self._python[0].attribute_of(field.wire)
        closed = is_closed_object(self._new)
        what = "Is gone; where it is still sent, it is an unknown field, which receivers keep."
        if closed:
            what = "Is gone, and unknown fields are not allowed."
        if field.required:
            what = "Was required and is gone: an old receiver waits for it in vain."
        self._note(
            Kind.REMOVED,
            self._named(attribute, field),
            what,
            old=field,
            breaks=Breaks(sender=closed, receiver=field.required, python=True),
            before=self._use(attribute, field, self._python[0].name),
        )

    def _added(self, field: FieldSchema) -> None:
        attribute = self._python[1].attribute_of(field.wire)
        what = "New, and may be left out."
        if field.required:
            what = "New and required: what an old sender sends lacks it."
        call = f"{self._class}(..., {attribute.name if attribute else field.wire}=...)"
        if self._direction is Direction.RECEIVED and not field.required:
            call = self._use(attribute, field, self._class)
        self._note(
            Kind.ADDED,
            self._named(attribute, field),
            what,
            new=field,
            breaks=Breaks(
                sender=field.required,
                receiver=is_closed_object(self._old),
                python=field.required,
            ),
            before=f"{self._python[0].name}(...)" if field.required else None,
            after=call,
        )

    # What is in both.

    def _pair(self, old: FieldSchema, new: FieldSchema, guess: str | None) -> None:
        before = self._python[0].attribute_of(old.wire)
        after = self._python[1].attribute_of(new.wire)
        name = self._named(after, new)
        if old.wire != new.wire:
            self._renamed(name, old, new, guess)
        elif before is not None and after is not None and before.name != after.name:
            self._note(
                Kind.PYTHON,
                name,
                f"The attribute was called `{before.name}`; on the wire it is `{new.wire}` still.",
                old=old,
                new=new,
                breaks=Breaks(python=True),
                before=self._use(before, old, self._python[0].name),
                after=self._use(after, new, self._class),
            )
        self._presence(name, old, new)
        fit = self._all.judge.fit(old.value, new.value)
        typed = self._typed_otherwise(before, after, presence=old.required != new.required)
        if fit or typed:
            self._values(name, old, new, fit, before, after, typed=typed)
        self._marks(name, old, new)
        self._all.docs(Area.CLASS, name, Told(old.doc), Told(new.doc), TOLD)

    def _renamed(self, name: str, old: FieldSchema, new: FieldSchema, guess: str | None) -> None:
        before = self._python[0].attribute_of(old.wire)
        after = self._python[1].attribute_of(new.wire)
        self._note(
            Kind.RENAMED,
            name,
            f"Was called {old.wire!r} on the wire and is {new.wire!r}.",
            old=old,
            new=new,
            breaks=Breaks(
                sender=new.required,
                receiver=old.required,
                python=before is None or after is None or before.name != after.name,
            ),
            guess=guess,
            before=self._use(before, old, self._python[0].name),
            after=self._use(after, new, self._class),
        )

    def _presence(self, name: str, old: FieldSchema, new: FieldSchema) -> None:
        if old.required == new.required:
            return
        attribute = self._python[1].attribute_of(new.wire)
        python = attribute.name if attribute is not None else new.wire
        if new.required:
            self._note(
                Kind.NARROWED,
                name,
                "Is required now; it could be left out.",
                old=old,
                new=new,
                breaks=Breaks(sender=True, python=True),
                before=f"{self._python[0].name}(...)",
                after=f"{self._class}(..., {python}=...)",
            )
            return
        # Who only constructs the object is not disturbed: leaving out is one more way.
        reads = self._direction is not Direction.SENT
        self._note(
            Kind.WIDENED,
            name,
            "May be left out now; it was required.",
            old=old,
            new=new,
            breaks=Breaks(receiver=True, python=reads),
            before=f"{variable(self._class)}.{python}" if reads else None,
            after=f"{variable(self._class)}.{python}  # may be None" if reads else None,
        )

    def _typed_otherwise(
        self, old: Attribute | None, new: Attribute | None, *, presence: bool
    ) -> bool:
        """Tell whether the Python type changed, otherwise than by a change of presence."""
        if old is None or new is None:
            return False
        before, after = self._all.renamed(old.annotation), new.annotation
        return bare(before) != bare(after) if presence else before != after

    def _values(
        self,
        name: str,
        old: FieldSchema,
        new: FieldSchema,
        fit: Fit,
        before: Attribute | None,
        after: Attribute | None,
        *,
        typed: bool,
    ) -> None:
        one = self._all.renamed(before.annotation) if before else ""
        two = after.annotation if after else ""
        # A sender only passes values in; a type that takes all it took breaks none of its code.
        python = typed and not (self._direction is Direction.SENT and accepts_all(one, two))
        what = {
            (True, False): "Takes less",
            (False, True): "Takes more",
            (True, True): "Takes other values",
            (False, False): "Has another type in Python",
        }[fit.loses, fit.gains]
        old_says, new_says = in_words(old.value), in_words(new.value)
        if typed and old_says == new_says:
            old_says, new_says = f"`{one}`", f"`{two}`"
        detail = f": {new_says}, was {old_says}" if old_says != new_says else ""
        self._note(
            kind_of(fit),
            name,
            f"{what}{detail}.",
            old=old,
            new=new,
            breaks=Breaks(sender=fit.loses, receiver=fit.gains, python=python),
            before=f"{name}: {before.annotation}" if typed and before else None,
            after=f"{name}: {two}" if typed and after else None,
        )

    def _marks(self, name: str, old: FieldSchema, new: FieldSchema) -> None:
        if old.value.sensitive != new.value.sensitive:
            what = "Is sensitive now: kept out of repr, logs and error texts."
            if old.value.sensitive:
                what = "Is not sensitive any more: it shows in repr and logs."
            self._note(Kind.SENSITIVITY, name, what, old=old, new=new)
        if old.header_role != new.header_role:
            what = f"Its role is {new.header_role or 'none'}, was {old.header_role or 'none'}."
            self._note(Kind.HEADER_ROLE, name, what, old=old, new=new, breaks=WIRE)
        if old.doc.unit != new.doc.unit:
            what = f"The unit is {new.doc.unit or 'not told'}, was {old.doc.unit or 'not told'}."
            told = WIRE if old.doc.unit and new.doc.unit else FINE
            kind = Kind.CHANGED if told is WIRE else Kind.DOCS
            self._note(kind, name, what, old=old, new=new, breaks=told)
        if old.doc.default != new.doc.default:
            what = (
                f"Left out, it means {new.doc.default or 'nothing in particular'}; "
                f"it meant {old.doc.default or 'nothing in particular'}."
            )
            optional = not old.required and not new.required
            self._note(
                Kind.CHANGED, name, what, old=old, new=new, breaks=WIRE if optional else FINE
            )
        if rest := self._all.judge.fit_rest(old, new, KNOWN):
            what = "Further rules of the field changed."
            self._note(kind_of(rest), name, what, old=old, new=new, breaks=WIRE)

    # In words.

    def _note(
        self,
        kind: Kind,
        name: str,
        what: str,
        *,
        old: FieldSchema | None = None,
        new: FieldSchema | None = None,
        breaks: Breaks = FINE,
        guess: str | None = None,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        self._all.add(
            kind,
            Area.CLASS,
            name,
            what,
            old=old.doc.pointer if old else None if new else self._old.pointer,
            new=new.doc.pointer if new else None if old else self._new.pointer,
            direction=self._direction,
            breaks=breaks,
            guess=guess,
            before=before,
            after=after,
        )

    def _named(self, attribute: Attribute | None, field: FieldSchema) -> str:
        return f"{self._class}.{attribute.name if attribute is not None else field.wire}"

    @staticmethod
    def _use(attribute: Attribute | None, field: FieldSchema, class_: str) -> str:
        return f"{variable(class_)}.{attribute.name if attribute is not None else field.wire}"
