"""The commands `stompgen docs` and `stompgen schema`: what people and editors read."""

import json
import sys
from pathlib import Path
from typing import Literal

from . import DocumentError, load_checked
from .problems import Problems
from .usage import UsageError, require_module

OK, DIFFERENT = 0, 1


def docs(
    spec: Path,
    /,
    *,
    out: Path,
    package: str | None = None,
    side: Literal["described", "other"] = "described",
    lenient: bool = False,
    root: Path | None = None,
    protocol: Literal["auto", "stomp", "none"] = "auto",
    check: bool = False,
) -> int:
    """Write a reference of a document in Markdown, with diagrams and examples.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    out
        A folder, for a title page and a page for each tag; or one file, called `….md`.
    package
        Import name of the generated package that the examples use; made from the title when absent.
    side
        `other` exchanges send and receive, as for `generate`.
    lenient
        Leave out what is wrong with the document, and tell it as warnings.
    root
        Folder below which files that the document refers to are read; by default its own folder.
    protocol
        Whether there is a client, as for `generate`.
    check
        Write nothing; show how the pages differ from what would be written.

    """
    from .dmcg import Worker
    from .reference import default_package, page_name, reference_files
    from .reference_output import ForeignPageError, diff_pages, write_pages

    if package is not None:
        require_module(package, "package")
    single = page_name(out)
    if out.exists() and out.is_dir() == (single is not None):
        what = "folder" if out.is_dir() else "file; a page is called ….md"
        raise UsageError(f"{out} is a {what}")
    problems = Problems()
    with Worker() as worker:  # it gets ready while we read the document
        document = load_checked(spec, problems, side=side, lenient=lenient, root=root)
        if document is None:
            raise DocumentError(problems)
        pages = reference_files(
            document,
            problems,
            package=package or default_package(document),
            single=single,
            ask=worker.ask,
            protocol=protocol,
        )
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
        raise UsageError(f"{exc}; move it away first") from None
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
        raise UsageError(f"{version!r} is not one of {', '.join(VERSIONS)}")
    print(json.dumps(whole_schema(version), indent=2, ensure_ascii=False))
    return OK
