"""Commands that keep the changelog of bindings: `changelog` and `release`."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from .comparing import Reading, Side, difference, read_page, write_or_show
from .usage import UsageError, require_module

if TYPE_CHECKING:
    from .baseline import Baseline
    from .document import Document


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
    return write_or_show({log: with_entry(read_page(log), block, package)}, check=check)


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
    opened = with_entry(read_page(log), block, package)
    text = closed(opened, version=version, date=day, block=block)
    return write_or_show({log: text, released: taken.text()}, check=False)


def _block(
    document: "Document", baseline: "Baseline", how: "Reading", *, closing: bool = False
) -> tuple[str, str]:
    """Write the open entry; return it with the version it proposes."""
    from .changelog import next_version
    from .diffing import report

    released = baseline.load(side=how.side, lenient=how.lenient)
    if released.digest == document.digest:  # the usual case, and it takes no time
        return f"The API is that of {baseline.version}.\n", baseline.version
    found = difference(released, document)
    proposed = next_version(baseline.version, found.level)
    lines = [] if closing else [f"Proposed version: **{proposed}**, after {baseline.version}.", ""]
    old, new = (report.markdown(side.version) for side in (found.old, found.new))
    if not closing:
        lines += [f"API {new}." if old == new else f"API {new}, was {old}.", ""]
    for title, changes in report.groups(found, docs=True):
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
