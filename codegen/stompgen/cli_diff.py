"""Commands that keep bindings in step with their document.

`diff` ends with 0 when nothing that `--fail-on` names has changed, with 1 when something has, and
with 2 when a document has errors. The others end as `generate` does.
"""

import datetime as dt
import difflib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import attrs

from . import DocumentError, load_checked
from .output import write_file
from .problems import Problems
from .usage import UsageError, require_module

if TYPE_CHECKING:
    from .baseline import Baseline
    from .diffing import Api, Difference
    from .document import Document

OK, DIFFERENT = 0, 1
Side = Literal["described", "other"]


@attrs.frozen(kw_only=True)
class Reading:
    """How documents are read: as `generate` reads them."""

    side: Side
    lenient: bool
    root: Path | None

    def read(self, spec: Path) -> "Document":
        """Return a document without errors; raise DocumentError."""
        problems = Problems()
        document = load_checked(
            spec, problems, side=self.side, lenient=self.lenient, root=self.root
        )
        if document is None:
            raise DocumentError(problems)
        return document


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
    difference = _difference(how.read(old), how.read(new))
    docs = not without_docs
    write = {
        "text": lambda: report.as_text(difference, docs=docs),
        "markdown": lambda: report.as_markdown(difference, docs=docs),
        "json": lambda: report.as_json(difference),
    }
    sys.stdout.write(write[format]())
    failed = {"breaking": bool(difference.breaking), "any": bool(difference), "none": False}
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
    before = _read(out)
    if before and not before.startswith(FIRST_WORDS):
        raise UsageError(f"{out} exists and is not a migration page; move it away first")
    how = Reading(side=side, lenient=lenient, root=root)
    difference = _difference(how.read(old), how.read(new))
    page = migration_page(difference, old_package=old_package, new_package=new_package)
    return _write_or_show({out: page}, check=check)


def changelog(
    spec: Path,
    /,
    *,
    out: Path,
    package: str,
    check: bool = False,
    side: Side = "described",
    lenient: bool = False,
    root: Path | None = None,
) -> int:
    """Write what changed since the last release into the bindings' changelog.

    The entry proposes the next version. It is written anew each time; what people write around it
    stays. The files are PACKAGE.CHANGELOG.md and PACKAGE.released.json beside the package.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    out
        The folder that the package is in.
    package
        Import name of the generated package.
    check
        Write nothing; show how the changelog differs from what would be written.
    side
        `other` exchanges send and receive, as for `generate`.
    lenient
        Leave out what is wrong with a document, as for `generate`.
    root
        Folder below which files that a document refers to are read; by default its own folder.

    """
    from .baseline import read_baseline
    from .changelog import with_entry

    require_module(package, "package")
    log, released = _files(out, package)
    if (baseline := read_baseline(released)) is None:
        advice = "begin with `stompgen release --number 0.1.0`"
        raise UsageError(f"{released} is not there: nothing was released; {advice}")
    how = Reading(side=side, lenient=lenient, root=root)
    block, _ = _block(how.read(spec), baseline, how)
    return _write_or_show({log: with_entry(_read(log), block, package)}, check=check)


def release(
    spec: Path,
    /,
    *,
    out: Path,
    package: str,
    number: str | None = None,
    date: str | None = None,
    side: Side = "described",
    lenient: bool = False,
    root: Path | None = None,
) -> int:
    """Close the open entry of the changelog, and remember the document as the released one.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    out
        The folder that the package is in.
    package
        Import name of the generated package.
    number
        The version, 1.2.3; the proposed one when it is left out.
    date
        Day of the release, 2026-11-22; today, in UTC, when it is left out.
    side
        `other` exchanges send and receive, as for `generate`.
    lenient
        Leave out what is wrong with a document, as for `generate`.
    root
        Folder below which files that a document refers to are read; by default its own folder.

    """
    from .baseline import read_baseline, take
    from .changelog import closed, is_version, with_entry

    require_module(package, "package")
    if number is not None and not is_version(number):
        raise UsageError(f"{number!r} is not a version of the form 1.2.3")
    day = _day(date)
    log, released = _files(out, package)
    baseline = read_baseline(released)
    how = Reading(side=side, lenient=lenient, root=root)
    document = how.read(spec)
    if baseline is None:
        if number is None:
            raise UsageError("nothing was released yet: give the first version with --number")
        block, version = "First release.\n", number
    else:
        block, proposed = _block(document, baseline, how, closing=True)
        if number is None and proposed == baseline.version:
            advice = "give a version with --number to release it all the same"
            raise UsageError(f"the API is that of {baseline.version}; {advice}")
        version = number or proposed
    taken = take(spec, document, version, root)
    block = f"API {taken.api}.\n\n{block}"
    opened = with_entry(_read(log), block, package)
    text = closed(opened, version=version, date=day, block=block)
    return _write_or_show({log: text, released: taken.text()}, check=False)


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
    return _write_or_show({out: text}, check=check)


def _difference(old: "Document", new: "Document") -> "Difference":
    from .diffing import compare

    return compare(_api(old), _api(new))


def _api(document: "Document") -> "Api":
    from .diffing import read_api

    problems = Problems()
    api = read_api(document, problems)
    if api is None:
        raise DocumentError(problems)
    return api


def _block(
    document: "Document", baseline: "Baseline", how: "Reading", *, closing: bool = False
) -> tuple[str, str]:
    """Write the open entry; return it with the version it proposes."""
    from .changelog import next_version
    from .diffing import report

    released = baseline.load(side=how.side, lenient=how.lenient)
    if released.digest == document.digest:  # the usual case, and it takes no time
        return f"The API is that of {baseline.version}.\n", baseline.version
    difference = _difference(released, document)
    proposed = next_version(baseline.version, difference.level)
    lines = [] if closing else [f"Proposed version: **{proposed}**, after {baseline.version}.", ""]
    old, new = (report.markdown(side.version) for side in (difference.old, difference.new))
    if not closing:
        lines += [f"API {new}." if old == new else f"API {new}, was {old}.", ""]
    for title, changes in report.groups(difference, docs=True):
        lines += [f"### {title}", "", *map(report.item, changes), ""]
    return "\n".join(lines), proposed


def _files(out: Path, package: str) -> tuple[Path, Path]:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder")
    return out / f"{package}.CHANGELOG.md", out / f"{package}.released.json"


def _day(given: str | None) -> str:
    if given is None:
        return dt.datetime.now(tz=dt.UTC).date().isoformat()
    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError(f"{given!r} is not a day such as 2026-11-22") from None


def _read(path: Path) -> str:
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a file")
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else ""


def _write_or_show(files: dict[Path, str], *, check: bool) -> int:
    """Write files, each as a whole or not at all; or show what would change."""
    changed = {path: text for path, text in files.items() if _read(path) != text}
    if check:
        for path, text in changed.items():
            name = path.as_posix()
            before, after = _read(path).splitlines(keepends=True), text.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(before, after, name, f"{name} (new)"))
        return DIFFERENT if changed else OK
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text)
    return OK
