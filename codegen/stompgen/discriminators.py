"""Tagged unions: the tag exists, is required, and tells the variants apart."""

from .document import Document
from .messages import is_required, property_names, property_places
from .pointers import Json, as_list, as_object, as_text, join
from .problems import Problems
from .schema_check import all_schemas
from .structure import Structure
from .words import did_you_mean


def check_discriminators(document: Document, structure: Structure, problems: Problems) -> None:
    """Report unions whose members could not be told apart."""
    for pointer, schema in all_schemas(document, structure):
        if (tag := as_text(schema.get("discriminator"))) is not None:
            _Union(document, problems, pointer, tag).check()


class _Union:
    def __init__(self, document: Document, problems: Problems, pointer: str, tag: str) -> None:
        self._document = document
        self._problems = problems
        self._pointer = pointer
        self._tag = tag
        schema = as_object(document.written(pointer))
        self._variants = [
            join(pointer, name, index)
            for name in ("oneOf", "anyOf")
            for index in range(len(as_list(schema.get(name))))
        ]

    def check(self) -> None:
        if not self._defined():
            names = property_names(self._document, self._pointer)
            what = f"the discriminator {self._tag!r} is not a property"
            self._report("discriminator", what, did_you_mean(self._tag, names), "warning")
            return
        places = [self._pointer, *self._variants]
        own, *others = [is_required(self._document, place, self._tag) for place in places]
        if not own and not (others and all(others)):
            what = f"the discriminator {self._tag!r} is not required"
            # Other parsers accept it; what lacks the tag fits no variant.
            self._report("discriminator", what, f"add 'required: [{self._tag}]'", "warning")
        self._values()

    def _defined(self) -> bool:
        own = as_object(self._document.written(self._pointer))
        if self._tag in as_object(own.get("properties")):
            return True
        members = [join(self._pointer, "allOf", i) for i in range(len(as_list(own.get("allOf"))))]
        if any(property_places(self._document, at, self._tag) for at in members):
            return True
        tagged = [property_places(self._document, at, self._tag) for at in self._variants]
        return bool(tagged) and all(tagged)

    def _values(self) -> None:
        values: dict[str, str] = {}
        catch_all: list[tuple[str, list[Json]]] = []
        for variant in self._variants:
            if (excluded := self._excluded(variant)) is not None:
                catch_all.append((variant, excluded))
                continue
            if self._document.find(variant) is None:
                continue  # reported as dangling
            value = self._value(variant)
            if value in values:
                what = f"two variants have the same {self._tag!r}: {value!r}"
                self._add(variant, what, "give each variant a const of its own", "warning")
            values.setdefault(value, variant)
        for variant, excluded in catch_all:
            if variant != self._variants[-1]:
                what = "the variant for unknown values is not the last"
                self._add(variant, what, "move it to the end")
            if set(map(str, excluded)) != set(values):
                listed = ", ".join(sorted(values))
                what = "the variant for unknown values does not exclude exactly the known ones"
                self._add(variant, what, f"write not: {{enum: [{listed}]}}")

    def _value(self, variant: str) -> str:
        """Return a variant's tag: the property's const, or else the schema's name."""
        for place in property_places(self._document, variant, self._tag):
            value = as_object(self._document.look(place))
            if "const" in value:
                return str(value["const"])
            if len(enum := as_list(value.get("enum"))) == 1:
                return str(enum[0])
        return self._document.resolve(variant).rpartition("/")[2]

    def _excluded(self, variant: str) -> list[Json] | None:
        """Return the values that an open union's last variant leaves to the others."""
        if self._document.find(variant) is None:
            return None
        for place in property_places(self._document, variant, self._tag):
            opposite = as_object(as_object(self._document.look(place)).get("not"))
            if "enum" in opposite:
                return as_list(opposite["enum"])
        return None

    def _report(self, name: str, what: str, advice: str, severity: str = "error") -> None:
        self._add(join(self._pointer, name), what, advice, severity)

    def _add(self, pointer: str, what: str, advice: str, severity: str = "error") -> None:
        self._problems.add(self._document.problem(pointer, what, advice, severity))
