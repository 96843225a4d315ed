"""The commands `stompgen docs` and `stompgen schema`: what people and editors read."""

import json
import sys
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

from . import DocumentError, load
from .problems import Problems

if TYPE_CHECKING:
    from .document import Document

OK, DIFFERENT, FAILED = 0, 1, 2


def docs(spec: Path, /, *, out: Path, package: str | None = None, check: bool = False) -> int:
    """Write a reference of a document in Markdown, with diagrams and examples.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    out
        A folder, for a title page and a page for each tag; or one file, called `….md`.
    package
        Import name of the generated package that the examples use; made from the title when absent.
    check
        Write nothing; show how the pages differ from what would be written.

    """
    from .dmcg import Worker
    from .reference import default_package, page_name, reference_files
    from .reference_output import ForeignPageError, diff_pages, write_pages

    if package is not None and not _is_module(package):
        return _fail(f"{package!r} cannot be the package: it is not a Python module name")
    single = page_name(out)
    if out.exists() and out.is_dir() == (single is not None):
        return _fail(f"{out} is a {'folder' if out.is_dir() else 'file; a page is called ….md'}")
    problems = Problems()
    with Worker() as worker:  # it gets ready while we read the document
        document = _checked(spec, problems)
        name = package or default_package(document)
        pages = reference_files(document, problems, package=name, single=single, ask=worker.ask)
    if problems.errors:
        raise DocumentError(problems)
    for problem in problems:
        print(problem, file=sys.stderr)
    folder, whole = (out.parent, False) if single is not None else (out, True)
    if check:
        difference = diff_pages(pages, folder, whole=whole)
        sys.stdout.write(difference)
        return DIFFERENT if difference else OK
    try:
        write_pages(pages, folder, whole=whole)
    except ForeignPageError as exc:
        return _fail(f"{exc}; move it away first")
    return OK


def schema(*, version: str | None = None, path: bool = False) -> int:
    """Print the JSON Schema of our `x-` keys, by which editors complete and check them.

    Parameters
    ----------
    version
        A version of AsyncAPI, such as 3.0.0: the schema then also refers to the official one, by
        its public address.
    path
        Print where the installed schema lies instead; for settings of an editor.

    """
    from .extension_schema import SCHEMA_FILE, VERSIONS, whole_schema

    if path:
        print(SCHEMA_FILE)
        return OK
    if version is not None and version not in VERSIONS:
        return _fail(f"{version!r} is not one of {', '.join(VERSIONS)}")
    print(json.dumps(whole_schema(version), indent=2, ensure_ascii=False))
    return OK


def _checked(spec: Path, problems: Problems) -> "Document":
    from .check import check

    document = load(spec, problems)
    if document is not None:
        check(document, problems)
    if document is None or problems.errors:
        raise DocumentError(problems)
    return document


def _is_module(name: str) -> bool:
    return all(part.isidentifier() and not iskeyword(part) for part in name.split("."))


def _fail(sentence: str) -> int:
    print(f"stompgen: {sentence}", file=sys.stderr)
    return FAILED
