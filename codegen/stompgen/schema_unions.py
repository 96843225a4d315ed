"""Unions: which objects they join, by which tag, and whether unknown members are expected."""

from collections.abc import Mapping

import attrs

from .pointers import Json, as_list, as_object, as_text, join, split, texts
from .schema_kinds import is_nullable, kind_of
from .schema_merge import Merged, Merger
from .schemas import Doc, UnionSchema


@attrs.frozen
class Tag:
    """A property that tells alternatives apart by the names of their schemas."""

    name: str
    values: tuple[tuple[str, int], ...]


class UnionReader:
    """Reads alternatives that a constant tells apart."""

    def __init__(self, merger: Merger) -> None:
        self._merger = merger

    def variants(self, merged: Merged) -> list[Merged]:
        """Return the alternatives of a union, in their order."""
        where = merged.where(keyword_of(merged))
        count = len(as_list(merged.get(keyword_of(merged))))
        return [self._merger.merge(join(where, index)) for index in range(count)]

    def is_tagged(self, merged: Merged) -> bool:
        """Tell whether constants tell the alternatives apart."""
        return self.read(merged, Doc(pointer=merged.home)) is not None

    def read(self, merged: Merged, doc: Doc) -> UnionSchema | None:
        """Return the union; None when no constant in a common property tells its members apart."""
        found = self.variants(merged)
        if any(kind_of(v) != "object" or is_nullable(v) or v.never for v in found):
            return None
        for tag in _tags(merged, found):
            if (union := self._by_tag(merged, found, tag, doc)) is not None:
                return union
        return None

    def _by_tag(
        self, merged: Merged, found: list[Merged], tag: str, doc: Doc
    ) -> UnionSchema | None:
        last = self._excluded(found[-1], tag)
        known = found if last is None else found[:-1]
        tags = [self._tag_value(variant, tag) for variant in known]
        values = [value for value in tags if value is not None]
        if len(set(values)) < len(found) - (last is not None) or not values:
            return None
        if len({variant.home for variant in known}) < len(known):
            return None
        if last is not None and (set(last) != set(values) or len(found[-1].properties) > 1):
            return None
        if not self._restates(merged, tag, None if last is not None else set(values)):
            return None
        return UnionSchema(
            pointer=merged.home,
            tag=tag,
            variants=tuple(variant.home for variant in known),
            open=last is not None,
            doc=doc,
        )

    def _restates(self, merged: Merged, tag: str, closed: set[str] | None) -> bool:
        """Tell whether what stands beside the alternatives says what they say."""
        said = {"type", "oneOf", "anyOf", "discriminator", "properties", "required", "nullable"}
        if merged.rules - said or merged.apart or {"oneOf", "anyOf"} <= merged.rules:
            return False
        if merged.properties.keys() - {tag} or set(_required(merged)) - {tag}:
            return False
        if tag not in merged.properties:
            return True
        base = self._merger.property(merged, tag)
        rules = base.rules - {"type"}
        if rules - {"enum"}:
            return False
        return not rules or set(texts(as_list(base.get("enum")))) == closed

    def _tag_value(self, variant: Merged, tag: str) -> str | None:
        found = self._tag_schema(variant, tag)
        if found is None or found.rules - {"type", "const"} or found.apart or is_nullable(found):
            return None
        return as_text(found.get("const")) if found.get("type") in (None, "string") else None

    def _excluded(self, variant: Merged, tag: str) -> tuple[str, ...] | None:
        """Return the tags that the catch-all excludes; None when the variant is no catch-all."""
        found = self._tag_schema(variant, tag)
        excluded = None if found is None else found.get("not")
        if not isinstance(excluded, dict):
            return None
        return texts(as_list(excluded.get("enum")))

    def _tag_schema(self, variant: Merged, tag: str) -> Merged | None:
        if tag not in variant.properties or tag not in as_list(variant.get("required")):
            return None
        return self._merger.property(variant, tag)


def keyword_of(merged: Merged) -> str:
    """Return the keyword that lists the alternatives."""
    return "oneOf" if as_list(merged.get("oneOf")) else "anyOf"


def named_tag(merged: Merged, variants: list[Merged]) -> Tag | None:
    """Read a discriminator whose values are the names of schemas, or mapped to them."""
    discriminator = merged.get("discriminator")
    name = as_object(discriminator).get("propertyName", discriminator)
    if not isinstance(name, str):
        return None
    found: dict[str, int] = {}
    for index, variant in enumerate(variants):
        if steps := split(variant.home):
            found.setdefault(steps[-1], index)
    for value, target in sorted(_mapping(discriminator).items()):
        for index, variant in enumerate(variants):
            if target in {f"#{variant.home}", split(variant.home)[-1]}:
                found[value] = index
    return Tag(name, tuple(sorted(found.items())))


def _mapping(discriminator: Json) -> Mapping[str, Json]:
    return as_object(as_object(discriminator).get("mapping"))


def _tags(merged: Merged, variants: list[Merged]) -> list[str]:
    """List what may be the tag: named by `discriminator`, or required by all variants."""
    named = merged.get("discriminator")
    if isinstance(named, dict):
        named = named.get("propertyName")  # OpenAPI's spelling, seen in the wild
    if isinstance(named, str):
        return [named]
    common = [set(_required(variant)) for variant in variants]
    return sorted(common[0].intersection(*common[1:]))


def _required(variant: Merged) -> tuple[str, ...]:
    names = texts(as_list(variant.get("required")))
    return tuple(name for name in names if name in variant.properties)
