"""Operation and message traits, applied.

AsyncAPI 3.x: traits are merged by JSON Merge Patch (RFC 7386) in their order, and the object that
names them wins over all of them. Objects merge; lists and plain values are replaced; a null of the
object removes what a trait says.
"""

from collections.abc import Iterator

import attrs

from .document import Document
from .pointers import Json, as_list, as_object, join, split
from .reader import Position

# Not merged: what a trait cannot carry, and the traits themselves.
FORBIDDEN = {
    "operations": frozenset({"action", "channel", "messages", "traits"}),
    "messages": frozenset({"payload", "traits"}),
}


def apply_traits(document: Document) -> Document:
    """Return the document with traits merged into the operations and messages that name them.

    Everything else keeps its pointer. What comes from a trait has the place of the trait's text.
    """
    if document.original is not None:
        return document
    merger = _Merger(document)
    data: dict[str, Json] = document.data
    for pointer in _places(document):
        value = document.raw(pointer)
        if isinstance(value, dict) and as_list(value.get("traits")):
            forbidden = FORBIDDEN[split(pointer)[-2]]
            data = _replace(data, split(pointer), merger.merge_all(value, pointer, forbidden))
    positions = {**merger.positions, **document.positions}
    return attrs.evolve(document, data=data, positions=positions, original=document)


def _places(document: Document) -> Iterator[str]:
    """Yield where operations and messages are defined."""
    for top in ("", "/components"):
        holder = as_object(document.raw(top)) if not top else as_object(document.data.get(top[1:]))
        for key in as_object(holder.get("operations")):
            yield join(top, "operations", key)
        for key in as_object(holder.get("messages")) if top else ():
            yield join(top, "messages", key)
        for channel, value in as_object(holder.get("channels")).items():
            for key in as_object(as_object(value).get("messages")):
                yield join(top, "channels", channel, "messages", key)


class _Merger:
    def __init__(self, document: Document) -> None:
        self.positions: dict[str, Position] = {}
        self._document = document

    def merge_all(
        self, target: dict[str, Json], pointer: str, forbidden: frozenset[str]
    ) -> dict[str, Json]:
        """Merge an object and its traits, the last trait first: what is there already wins."""
        result = target
        for index in reversed(range(len(as_list(target["traits"])))):
            found = self._document.find(join(pointer, "traits", index))
            if found is None or not isinstance(found[1], dict):
                continue  # reported as a dangling reference or a wrong type
            trait = {name: value for name, value in found[1].items() if name not in forbidden}
            if isinstance(trait.get("headers"), dict) and "headers" not in result:
                # One schema for all messages that share the trait, rather than a copy for each.
                trait["headers"] = {"$ref": "#" + join(found[0], "headers")}
            result = self._merge(result, pointer, trait, found[0])
        # A null that met a trait's value has removed it, as a merge patch does.
        return {
            name: value
            for name, value in result.items()
            if value is not None or name not in self._named_by_traits(target, pointer)
        }

    def _named_by_traits(self, target: dict[str, Json], pointer: str) -> set[str]:
        names: set[str] = set()
        for index in range(len(as_list(target["traits"]))):
            found = self._document.find(join(pointer, "traits", index))
            names |= as_object(found[1] if found else None).keys()
        return names

    def _merge(
        self, strong: dict[str, Json], at: str, weak: dict[str, Json], weak_at: str
    ) -> dict[str, Json]:
        result = dict(strong)
        for name, value in weak.items():
            place, origin = join(at, name), join(weak_at, name)
            if name not in strong:
                result[name] = value
                self._copy_positions(place, origin)
            elif isinstance(strong[name], dict) and isinstance(value, dict):
                stronger = self._followed(as_object(strong[name]))
                result[name] = self._merge(stronger, place, self._followed(value), origin)
        return result

    def _followed(self, value: dict[str, Json]) -> dict[str, Json]:
        """Return what a reference points to: its own name must not be merged with fields."""
        if isinstance(target := value.get("$ref"), str) and target.startswith("#"):
            found = self._document.find(target[1:])
            return as_object(found[1] if found else None)
        return value

    def _copy_positions(self, place: str, origin: str) -> None:
        self.positions.setdefault(place, self._document.position(origin))
        value = self._document.find(origin)
        if value is None or value[0] != origin:
            return
        todo: list[tuple[str, Json]] = [("", value[1])]
        while todo:
            below, item = todo.pop()
            self.positions.setdefault(place + below, self._document.position(origin + below))
            children = item.items() if isinstance(item, dict) else enumerate(as_list(item))
            todo += [(join(below, name), child) for name, child in children]


def _replace(data: dict[str, Json], path: list[str], value: Json) -> dict[str, Json]:
    """Return a copy of the data in which one value is another; what is not on the way is shared."""
    first, *rest = path
    below = _replace(as_object(data[first]), rest, value) if rest else value
    return {**data, first: below}
