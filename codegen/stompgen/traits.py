"""Operation and message traits, applied.

Traits are merged by JSON Merge Patch (RFC 7386) in their order. In AsyncAPI 3.x the object that
names them wins over all of them; in 2.x each trait wins over what was there before it. Objects
merge; lists and plain values are replaced; a null of what wins removes what loses.
"""

import attrs

from .document import Document
from .pointers import Json, as_list, as_object, join, reference, referred, split
from .reader import Position
from .references import with_value

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
    merge = merger.merge_all_2 if document.upgraded else merger.merge_all
    for pointer, kind in _places(document).items():
        value = document.raw(pointer)
        if isinstance(value, dict) and as_list(value.get("traits")):
            data = with_value(data, split(pointer), merge(value, pointer, FORBIDDEN[kind]))
    positions = {**merger.positions, **document.positions}
    return attrs.evolve(
        document,
        data=data,
        positions=positions,
        trait_origins=merger.origins,
        original=document,
    )


def _places(document: Document) -> dict[str, str]:
    """Return where operations and messages are defined, in whatever file, and what they are."""
    places: dict[str, str] = {}

    def note(pointer: str, kind: str) -> None:
        if (found := document.find(pointer)) is not None:
            places.setdefault(found[0], kind)

    for top in ("", "/components"):
        holder = as_object(document.look(top))
        for key in as_object(holder.get("operations")):
            note(join(top, "operations", key), "operations")
        for key in as_object(holder.get("messages")) if top else ():
            note(join(top, "messages", key), "messages")
        for channel in as_object(holder.get("channels")):
            found = document.find(join(top, "channels", channel))
            for key in as_object(as_object(found[1] if found else None).get("messages")):
                note(join(found[0] if found else top, "messages", key), "messages")
    return places


class _Merger:
    def __init__(self, document: Document) -> None:
        self.positions: dict[str, Position] = {}
        self.origins: dict[str, str] = {}
        self._document = document

    def merge_all(
        self, target: dict[str, Json], pointer: str, forbidden: frozenset[str]
    ) -> dict[str, Json]:
        """Merge an object and its traits, the last trait first: what is there already wins."""
        result = target
        for found in reversed(self._traits(target, pointer)):
            trait = {name: value for name, value in found[1].items() if name not in forbidden}
            if isinstance(trait.get("headers"), dict) and "headers" not in result:
                # One schema for all messages that share the trait, rather than a copy for each.
                trait["headers"] = {"$ref": reference(join(found[0], "headers"))}
            result = self._merge(result, pointer, trait, found[0])
        # A null that met a trait's value has removed it, as a merge patch does.
        named = {name for _, trait in self._traits(target, pointer) for name in trait}
        return {
            name: value for name, value in result.items() if value is not None or name not in named
        }

    def _traits(self, target: dict[str, Json], pointer: str) -> list[tuple[str, dict[str, Json]]]:
        """Return place and value of the traits; one that is named twice counts where it is last."""
        traits: dict[str, dict[str, Json]] = {}
        for index in range(len(as_list(target["traits"]))):
            found = self._document.find(join(pointer, "traits", index))
            if found is not None and isinstance(found[1], dict):  # otherwise it has been reported
                traits.pop(found[0], None)
                traits[found[0]] = found[1]
        return list(traits.items())

    def merge_all_2(
        self, target: dict[str, Json], pointer: str, forbidden: frozenset[str]
    ) -> dict[str, Json]:
        """Merge an object and its traits by the rule of 2.x: each trait changes what was there."""
        result = target
        for found in self._traits(target, pointer):
            trait = {name: value for name, value in found[1].items() if name not in forbidden}
            if isinstance(trait.get("headers"), dict) and "headers" not in result:
                trait["headers"] = {"$ref": reference(join(found[0], "headers"))}
            result = self._patch(result, pointer, trait, found[0])
        return result

    def _patch(
        self, weak: dict[str, Json], at: str, patch: dict[str, Json], patch_at: str
    ) -> dict[str, Json]:
        result = dict(weak)
        for name, value in patch.items():
            place, origin = join(at, name), join(patch_at, name)
            if value is None:
                result.pop(name, None)
            elif isinstance(value, dict) and isinstance(result.get(name), dict):
                if value != result[name]:
                    weaker = self._followed(as_object(result[name]))
                    result[name] = self._patch(weaker, place, self._followed(value), origin)
            else:
                result[name] = value
                self._copy_positions(place, origin, again=True)
        return result

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
            found = self._document.find(referred(target))
            return as_object(found[1] if found else None)
        return value

    def _copy_positions(self, place: str, origin: str, *, again: bool = False) -> None:
        """Note where something comes from; `again` when it replaces what another trait said."""
        if place in self.positions and not again:
            return
        self.origins[place] = origin
        self.positions[place] = self._document.position(origin)
        value = self._document.find(origin)
        if value is None or value[0] != origin:
            return
        todo: list[tuple[str, Json]] = [("", value[1])]
        while todo:
            below, item = todo.pop()
            self.positions[place + below] = self._document.position(origin + below)
            children = item.items() if isinstance(item, dict) else enumerate(as_list(item))
            todo += [(join(below, name), child) for name, child in children]
