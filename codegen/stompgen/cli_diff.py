"""Commands that compare documents: `diff`, `migrate`, `revise`.

`diff` ends with 0 when nothing that `--fail-on` names has changed, with 1 when something has, and
with 2 when a document has errors. The others end as `generate` does.
"""

import json
import sys
from pathlib import Path
from typing import Literal

from . import DocumentError
from .comparing import DIFFERENT, OK, Reading, Side, difference, read_page, write_or_show
from .problems import Problems
from .usage import UsageError, require_module


def diff(
    old: Path,
    new: Path,
    /,
    *,
    format: Literal["text", "markdown", "json"] = "text",
    fail_on: Literal["breaking", "any", "none"] = "breaking",
    without_docs: bool = False,
    side: Side = "described",
    lenient: bool = False,
    root: Path | None = None,
) -> int:
    """Tell what changed from one document to another: on the wire, and for Python callers.

    Parameters
    ----------
    old
        The document that programs were made from.
    new
        The document that they meet.
    format
        How to write it; JSON says its `schemaVersion`.
    fail_on
        What lets the command end with 1: something breaking, any change, nothing.
    without_docs
        Leave out, in text and Markdown, what changed in words only.
    side
        `other` exchanges send and receive, as for `generate`.
    lenient
        Leave out what is wrong with a document, as for `generate`.
    root
        Folder below which files that a document refers to are read; by default its own folder.

    """
    from .diffing import report

    how = Reading(side=side, lenient=lenient, root=root)
    found = difference(how.read(old), how.read(new))
    docs = not without_docs
    write = {
        "text": lambda: report.as_text(found, docs=docs),
        "markdown": lambda: report.as_markdown(found, docs=docs),
        "json": lambda: report.as_json(found),
    }
    sys.stdout.write(write[format]())
    failed = {"breaking": bool(found.breaking), "any": bool(found), "none": False}
    return DIFFERENT if failed[fail_on] else OK


def migrate(
    old: Path,
    new: Path,
    /,
    *,
    out: Path,
    old_package: str,
    new_package: str,
    check: bool = False,
    side: Side = "described",
    lenient: bool = False,
    root: Path | None = None,
) -> int:
    """Write the page that tells callers what to change, breaking first, with Python.

    Parameters
    ----------
    old
        The document of the bindings that callers have.
    new
        The document of the bindings that they move to.
    out
        The page, a Markdown file.
    old_package
        Import name of the bindings that callers have.
    new_package
        Import name of the bindings that they move to.
    check
        Write nothing; show how the page differs from what would be written.
    side
        `other` exchanges send and receive, as for `generate`.
    lenient
        Leave out what is wrong with a document, as for `generate`.
    root
        Folder below which files that a document refers to are read; by default its own folder.

    """
    from .diffing.migration import FIRST_WORDS, migration_page

    require_module(old_package, "old package")
    require_module(new_package, "new package")
    before = read_page(out)
    if before and not before.startswith(FIRST_WORDS):
        raise UsageError(f"{out} exists and is not a migration page; move it away first")
    how = Reading(side=side, lenient=lenient, root=root)
    found = difference(how.read(old), how.read(new))
    page = migration_page(found, old_package=old_package, new_package=new_package)
    return write_or_show({out: page}, check=check)


def revise(spec: Path, patch: Path, /, *, out: Path, check: bool = False) -> int:
    """Apply a JSON Merge Patch (RFC 7386, as YAML or JSON) to a document, and write it as JSON.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    patch
        What changes in it; null removes, a list is replaced as a whole.
    out
        The revised document; references to files are followed from there.
    check
        Write nothing; show how the file differs from what would be written.

    """
    from .document import parse
    from .merge_patch import merge_patch

    if out.exists() and any(path.exists() and out.samefile(path) for path in (spec, patch)):
        raise UsageError(f"{out} is what it would be made from")
    problems = Problems()
    # As they are written: what they say is nobody's business here.
    document, changes = (
        parse(path.read_bytes(), path.as_posix(), problems) for path in (spec, patch)
    )
    if document is None or changes is None or problems.errors:
        raise DocumentError(problems)
    revised = merge_patch(document.data, changes.data)
    text = json.dumps(revised, ensure_ascii=False, indent=2) + "\n"
    return write_or_show({out: text}, check=check)
