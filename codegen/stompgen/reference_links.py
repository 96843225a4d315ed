"""Where everything of a reference is described: which page, and which anchor on it."""

from collections.abc import Iterable, Mapping

import attrs

from .reference_text import digest, slug

TITLE_PAGE = "README.md"


@attrs.frozen(kw_only=True)
class Target:
    """A thing that has a place of its own in the reference."""

    kind: str
    """`operation`, `message`, `class`, `server`, `security` or `tag`."""
    key: str
    """Key of the document, or the pointer of a class."""
    name: str
    """What its anchor is made of."""
    page: str


class Links:
    """Finds the address of a target, as one page has to write it."""

    def __init__(self, targets: Iterable[Target], single: str | None) -> None:
        found = list(targets)
        anchors = unique({(t.kind, t.key): f"{t.kind}-{slug(t.name)}" for t in found})
        self._places = {(t.kind, t.key): (single or t.page, anchors[t.kind, t.key]) for t in found}

    def anchor(self, kind: str, key: str) -> str:
        """Return the anchor of a target."""
        return self._places[kind, key][1]

    def page(self, kind: str, key: str) -> str:
        """Return the page of a target."""
        return self._places[kind, key][0]

    def to(self, kind: str, key: str, here: str, label: str) -> str:
        """Link to a target; only the label, which is Markdown, when it has no place."""
        if (kind, key) not in self._places:
            return label
        page, anchor = self._places[kind, key]
        return f"[{label}]({'' if page == here else page}#{anchor})"


def unique(names: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Give things of one name different ones, whichever order they come in."""
    owners: dict[str, int] = {}
    for name in names.values():
        owners[name] = owners.get(name, 0) + 1
    return {
        key: name if owners[name] == 1 else f"{name}-{digest(key[1])}"
        for key, name in names.items()
    }
