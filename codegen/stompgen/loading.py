"""From a file to the document that all later stages use: one tree, in the words of AsyncAPI 3.x."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from .closure import Files, Folder, Texts, bundle
from .document import MAX_BYTES, Document, parse
from .perspective import Side, seen_from
from .problems import Problems
from .replies import derive_conversations
from .structure import is_version_2
from .upgrade import upgrade


def load(
    path: str | Path,
    problems: Problems,
    *,
    side: Side = "described",
    root: str | Path | None = None,
) -> Document | None:
    """Read a file and the files it refers to. None when nothing could be made of it.

    Args:
        path: The entry document, YAML or JSON.
        problems: Takes what is wrong.
        side: `other` exchanges what is sent and what is received.
        root: Folder below which further files are read. When None, the entry document's own and,
            with a warning, the folders beside it.

    Raises OSError when the entry document cannot be read.
    """
    document = read_closure(path, problems, root)
    return None if document is None else prepare(document, side)


def read_closure(
    path: str | Path, problems: Problems, root: str | Path | None = None
) -> Document | None:
    """Read a file and the files it refers to, as they are."""
    name = Path(path).as_posix()
    with Path(path).open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if (document := parse(data, name, problems)) is None:
        return None
    folder = Path(path).parent if root is None else Path(root)
    try:
        entry = Path(path).resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:  # elsewhere: nothing below the root refers to it
        entry = Path(path).name
    return bundle(document, entry, Folder(folder, beside=root is None), problems)


def load_text(
    text: str | bytes,
    problems: Problems,
    *,
    name: str = "spec.yaml",
    files: Mapping[str, str | bytes] | None = None,
    side: Side = "described",
) -> Document | None:
    """Read a text; the files it refers to are texts too, by their paths beside it."""
    if (document := parse(text, name, problems)) is None:
        return None
    others: Files = Texts(files or {})
    return prepare(bundle(document, PurePosixPath(name).name, others, problems), side)


def prepare(document: Document, side: Side = "described") -> Document:
    """Say what a document says in the words of AsyncAPI 3.x, seen from a side."""
    if is_version_2(document):
        document = upgrade(document)
    return derive_conversations(seen_from(document, side))
