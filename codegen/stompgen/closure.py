"""A document and the files that it refers to, as one tree.

Each further file stands below `/x-stompgen-files/<its path>`, and every reference of the tree is a
pointer into the tree. So no later stage knows of files. Only what lies below one folder, the root,
is ever opened: a document is untrusted, and must not make us read `/etc/passwd` or ask a server.
"""

import hashlib
import os
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

import attrs

from .document import MAX_BYTES, Document, read_text
from .pointers import Json, as_object, join, reference, referred
from .problems import Problems
from .reader import MAX_NODES, Position
from .references import FILES, children, is_reference, rewritten

MAX_FILES = 1000
MAX_TOTAL_BYTES = 32 * 1024 * 1024
"""Of all files together."""

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
BESIDE = re.compile(r"\.\./(?P<folder>[^./][^/]*)/(?P<rest>(?!\.).+)")
"""A file in a folder beside the document's: as far as a document may see of itself."""
COPY = "copy what it points to into components"


class CannotReadError(Exception):
    """A file that must not or cannot be read; the text says why."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what)
        self.what, self.advice = what, advice


class Files(Protocol):
    """Where further files come from."""

    def identify(self, path: str) -> str:
        """Return the one path of a file that has several; raise CannotReadError."""
        ...

    def read(self, path: str) -> bytes:
        """Return at most MAX_BYTES + 1 bytes of an identified file; raise CannotReadError."""
        ...

    def show(self, path: str) -> str:
        """Return how problems name a file."""
        ...


class Folder:
    """Files below a folder of the disk, and in the folders beside it when `beside` is set."""

    def __init__(self, root: Path, *, beside: bool = False) -> None:
        self._shown = root
        self._root = os.path.realpath(root)
        self._beside = beside

    def identify(self, path: str) -> str:
        """Follow links: a link that leads out of the folder is as bad as a path that does."""
        top, below = self._root, path
        if self._beside and (found := BESIDE.match(path)):
            top, below = str(Path(top).parent / found["folder"]), found["rest"]
            if Path(top).is_symlink():
                raise CannotReadError(f"{path} leads out of the folder", _root_advice())
        real = os.path.realpath(Path(top, below))
        try:
            inside = os.path.commonpath([top, real]) == top
        except ValueError:  # on another drive
            inside = False
        if not inside:
            raise CannotReadError(f"{path} leads out of the folder", _root_advice())
        return Path(os.path.relpath(real, self._root)).as_posix()

    def read(self, path: str) -> bytes:
        """Read a regular file: a pipe or a device could keep us waiting for ever."""
        full = Path(self._root, path)
        try:
            if not full.is_file():
                raise CannotReadError(f"there is no file {path}", "mend the path")
            with full.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as exc:
            reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else "not readable"
            raise CannotReadError(f"cannot read {path}: {reason}", "mend the path") from None

    def show(self, path: str) -> str:
        """Name a file as the document was named."""
        return (self._shown / path).as_posix()


class Texts:
    """Files that are texts in memory, by their paths."""

    def __init__(self, texts: Mapping[str, str | bytes]) -> None:
        self._texts = texts

    def identify(self, path: str) -> str:
        """Return the path: each text has one."""
        return path

    def read(self, path: str) -> bytes:
        """Return a text."""
        if path not in self._texts:
            raise CannotReadError(f"there is no {path}", "mend the path")
        text = self._texts[path]
        return text if isinstance(text, bytes) else text.encode()

    def show(self, path: str) -> str:
        """Return the path."""
        return path


def bundle(document: Document, entry: str, files: Files, problems: Problems) -> Document:
    """Return the document with all files that it refers to.

    Args:
        document: The entry document as it was read.
        entry: Its path below the root.
        files: Where further files come from.
        problems: Takes what is wrong with the text of a further file. References that cannot be
            followed become `faults` of the result.
    """
    return _Bundler(document, entry, files, problems).run()


@attrs.frozen
class _Tree:
    """One file."""

    path: str
    prefix: str
    data: Json
    targets: dict[str, str]
    """New targets of its references, by pointer into the file."""


class _Bundler:
    def __init__(self, document: Document, entry: str, files: Files, problems: Problems) -> None:
        self._document = document
        self._entry = entry
        self._files = files
        self._problems = problems
        self._known: dict[str, str | CannotReadError] = {entry: ""}
        """Prefix, or why there is none, by path."""
        self._todo: list[tuple[str, str, Json]] = [(entry, "", document.data)]
        self._positions: dict[str, Position] = dict(document.positions)
        self._bytes = 0
        self._hashes: dict[str, str] = {entry: next(iter(document.files.values()), "")}
        self._faults: dict[str, tuple[str, str]] = {}

    def run(self) -> Document:
        trees: list[_Tree] = []
        while self._todo:
            path, prefix, data = self._todo.pop()
            tree = _Tree(path, prefix, data, {})
            trees.append(tree)
            for pointer, target in _references(data):
                self._target(tree, pointer, target)
        if len(trees) == 1 and not trees[0].targets and FILES not in self._document.data:
            return attrs.evolve(self._document, files=self._hashes, faults=self._faults)
        if beside := sorted(path for path in self._hashes if path.startswith("../")):
            what = f"files of folders beside the document's are read, such as {beside[0]}"
            advice = "name the folder of all with --root when they belong together"
            self._problems.add(self._document.problem("", what, advice, "warning"))
        copies = {tree.path: _retargeted(tree) for tree in trees}
        data = {**as_object(copies.pop(self._entry))}
        data.pop(FILES, None)  # the key is ours
        further = {path: copies[path] for path in sorted(copies)}
        if further:
            data[FILES] = further
        return attrs.evolve(
            self._document,
            data=data,
            positions=self._positions,
            files=dict(sorted(self._hashes.items())),
            shown_files={path: self._files.show(path) for path in further},
            faults=self._faults,
        )

    def _target(self, tree: _Tree, pointer: str, target: Json) -> None:
        """Decide where a reference leads in the whole tree."""
        if not isinstance(target, str):
            return  # reported with the other references
        file, _, fragment = target.partition("#")
        if not file and not tree.prefix:
            return
        if fragment and not fragment.startswith("/"):
            return  # the same
        try:
            prefix = self._prefix(tree, file) if file else tree.prefix
        except CannotReadError as exc:
            self._faults[tree.prefix + pointer] = (f"$ref {target}: {exc.what}", exc.advice)
            return
        tree.targets[pointer] = reference(prefix + referred("#" + fragment))

    def _prefix(self, tree: _Tree, file: str) -> str:
        """Return the pointer of another file's tree; read it when it is new."""
        path = _path_below_root(tree.path, file)
        if path not in self._known:
            self._known[path] = self._identified(path)
        known = self._known[path]
        if isinstance(known, CannotReadError):
            raise known
        return known

    def _identified(self, path: str) -> str | CannotReadError:
        try:
            one = self._files.identify(path)
            if one not in self._known:
                self._known[one] = self._read(one)
            return self._known[one]
        except CannotReadError as exc:
            return exc

    def _read(self, path: str) -> str | CannotReadError:
        if len(self._hashes) >= MAX_FILES:
            raise CannotReadError(f"the document has more than {MAX_FILES} files", "join some")
        data = self._files.read(path)
        self._bytes += len(data)
        if self._bytes > MAX_TOTAL_BYTES:
            what = f"the files of the document have more than {MAX_TOTAL_BYTES} bytes"
            raise CannotReadError(what, "leave out what is not needed")
        self._hashes[path] = hashlib.sha256(data).hexdigest()
        part = read_text(data, self._files.show(path), self._problems)
        if part is None:
            raise CannotReadError(f"{path} cannot be read", "mend that file")
        value, positions = part
        prefix = join("", FILES, path)
        if len(self._positions) + len(positions) > 2 * MAX_NODES:
            raise CannotReadError(f"the files hold more than {2 * MAX_NODES} values", COPY)
        for pointer, position in positions.items():
            self._positions[prefix + pointer] = position
        self._todo.append((path, prefix, value))
        return prefix


def _references(data: Json) -> list[tuple[str, Json]]:
    """List pointer and target of all references of one file."""
    found: list[tuple[str, Json]] = []
    todo: list[tuple[str, Json, bool]] = [("", data, False)]
    while todo:
        pointer, value, names = todo.pop()
        if isinstance(value, dict) and is_reference(value, names):
            found.append((pointer, value["$ref"]))
            continue
        todo += [(join(pointer, key), item, deep) for key, item, deep in children(value, names)]
    return sorted(found, key=lambda item: item[0])  # the order of keys makes no difference


def _retargeted(tree: _Tree) -> Json:
    if not tree.targets:
        return tree.data
    return rewritten(tree.data, lambda pointer, _: tree.targets.get(pointer))


def _path_below_root(here: str, file: str) -> str:
    """Resolve the file part of a reference; raise CannotReadError for what is not below."""
    if SCHEME.match(file) or file.startswith("//"):
        what = "nothing is fetched from the network or from anywhere but the document's folder"
        raise CannotReadError(what, "save what it points to beside the document")
    name = unquote(file)
    if name.startswith(("/", "\\")) or SCHEME.match(name):
        raise CannotReadError("an absolute path", "write it relative to the file it stands in")
    if any(char in name for char in "\\?\0") or not name.isprintable():
        raise CannotReadError("not a path of a file", "use '/' between the folders")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), name))
    if path == ".." or (path.startswith("../") and not BESIDE.match(path)):
        raise CannotReadError("it leads out of the folder", _root_advice())
    return path


def _root_advice() -> str:
    return "if its files may be read, name the folder of all with --root"
