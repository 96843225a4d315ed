"""Unions: which objects they join, by which tag, and whether unknown members are expected."""

from collections.abc import Callable

from .pointers import as_list, as_text, join, texts
from .schema_merge import Merged, Merger
from .schemas import Doc, UnionSchema

ADVICE = "give each variant a component of its own whose tag is required and const"


class UnionReader:
    """Reads `oneOf` with a tag."""

    def __init__(self, merger: Merger, report: Callable[[str, str, str], None]) -> None:
        self._merger, self._report = merger, report

    def read(self, merged: Merged, doc: Doc) -> UnionSchema | None:
        """Return the union; None when it cannot be expressed, which is reported."""
        if "oneOf" not in merged.keywords:
            return None  # anyOf: reported as a keyword that has no meaning here
        where = merged.where("oneOf")
        variants = [
            self._merger.merge(join(where, i)) for i in range(len(as_list(merged.get("oneOf"))))
        ]
        found = [variant for variant in variants if variant is not None]
        if len(found) < len(variants) or not found:
            return None
        tag = _tag(merged, found)
        if tag is None:
            self._report(where, "the variants have no tag in common", ADVICE)
            return None
        tags = [self._tag_value(variant, tag) for variant in found]
        last = self._excluded(found[-1], tag)
        known = tags if last is None else tags[:-1]
        known_texts = [value for value in known if value is not None]
        if len(known_texts) < len(known):
            for variant, value in zip(found, known, strict=False):
                if value is None:
                    what = f"the tag {tag!r} of the variant has no const"
                    self._report(variant.home, what, ADVICE)
            return None
        if len(set(known_texts)) < len(known_texts):
            self._report(where, "two variants have the same tag value", ADVICE)
            return None
        if last is not None and (set(last) != set(known_texts) or len(found[-1].properties) > 1):
            advice = "let it have the tag alone, and exclude exactly the tags of the others"
            self._report(found[-1].home, "the last variant is no catch-all", advice)
            return None
        self._base(merged, tag, None if last is not None else set(known_texts))
        return UnionSchema(
            pointer=merged.home,
            tag=tag,
            variants=tuple(variant.home for variant in found[: len(known)]),
            open=last is not None,
            doc=doc,
        )

    def _base(self, merged: Merged, tag: str, closed: set[str] | None) -> None:
        """Report what stands beside the variants: a base may only restate the tag."""
        for name in sorted(merged.properties.keys() - {tag}):
            what = f"the property {name!r} beside oneOf cannot be expressed"
            self._report(merged.properties[name], what, "move it into each variant")
        base = self._merger.merge(merged.properties[tag]) if tag in merged.properties else None
        if base is None or not base.rules - {"type"}:
            return
        if (
            base.rules - {"type"} != frozenset({"enum"})
            or set(texts(as_list(base.get("enum")))) != closed
        ):
            what = f"the tag {tag!r} beside oneOf says something else than the variants"
            self._report(merged.properties[tag], what, "leave its type only")

    def _tag_value(self, variant: Merged, tag: str) -> str | None:
        found = self._tag_schema(variant, tag)
        return None if found is None else as_text(found.get("const"))

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
        return self._merger.merge(variant.properties[tag])


def _tag(merged: Merged, variants: list[Merged]) -> str | None:
    """Find the tag: named by `discriminator`, or the one required property all variants share."""
    named = merged.get("discriminator")
    if isinstance(named, dict):
        named = named.get("propertyName")  # OpenAPI's spelling, seen in the wild
    if isinstance(named, str):
        return named
    common = [set(_required(variant)) for variant in variants]
    shared = common[0].intersection(*common[1:])
    return shared.pop() if len(shared) == 1 else None


def _required(variant: Merged) -> tuple[str, ...]:
    names = texts(as_list(variant.get("required")))
    return tuple(name for name in names if name in variant.properties)
