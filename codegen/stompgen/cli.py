"""The command `stompgen`.

Exit codes: 0 all is well; 1 `--check` found differences (on stdout, as a unified diff); 2 the
document has errors, or the command line does. Problems go to stderr, one a line.
"""

import difflib
import io
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from . import DEFAULT_RUNTIME, DocumentError, fast_check, generate_from, load_checked, manifest
from .problems import Problem, Problems, Severity
from .swap import KeptFileError
from .usage import UsageError as _UsageError
from .usage import require_module as _require_module

OK, DIFFERENT, FAILED = 0, 1, 2
DISTRIBUTION = "worldpay-ips"
"""What is installed when this program is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if fast_check.is_current(given, _generate):
        return OK
    from cyclopts import CycloptsError

    _never_fail_to_print()
    try:
        _require_no_empty(given)
        result: Any = _app()(
            given,
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
    except CycloptsError as exc:
        return _fail(" ".join(str(exc).split()))
    except _UsageError as exc:
        return _fail(str(exc))
    except DocumentError as exc:
        _show(exc.problems)
        return FAILED
    except BrokenPipeError:
        # Whoever read our output has gone; without this the interpreter complains at its end.
        sys.stdout = None
        return FAILED
    except KeptFileError as exc:
        return _fail(str(exc))
    except OSError as exc:
        return _fail(f"cannot use {exc.filename or 'a file'}: {exc.strerror or exc}")
    return result if isinstance(result, int) else OK


def _app() -> Any:
    from cyclopts import App, Parameter

    from . import cli_changelog, cli_diff
    from .cli_docs import docs, schema
    from .cli_new import new
    from .cli_vendor import vendor

    app = App(
        name="stompgen",
        help="Typed STOMP-over-WebSocket bindings from an AsyncAPI document.",
        version=_version,
        version_flags=["--version"],
        default_parameter=Parameter(negative=()),  # no --no-check beside --check
    )
    app.command(_validate, name="validate")
    app.command(_generate, name="generate")
    app.command(_sources, name="sources")
    app.command(vendor, name="vendor")
    app.command(new, name="new")
    app.command(docs, name="docs")
    app.command(schema, name="schema")
    app.command(cli_diff.diff, name="diff")
    app.command(cli_diff.migrate, name="migrate")
    app.command(cli_changelog.changelog, name="changelog")
    app.command(cli_changelog.release, name="release")
    app.command(cli_diff.revise, name="revise")
    return app


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"stompgen {version(DISTRIBUTION)}"
    except PackageNotFoundError:  # run from its sources
        return "stompgen, not installed"


def _never_fail_to_print() -> None:
    """Let a stream that has no UTF-8 show other characters as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _require_no_empty(arguments: list[str]) -> None:
    # An empty path would be the current folder; mostly it is a shell variable without a value.
    for before, argument in pairwise(["the document", *arguments]):
        if argument == "":
            raise _UsageError(f"the value of {before} is empty")
        if argument.startswith("--") and argument.endswith("="):
            raise _UsageError(f"the value of {argument[:-1]} is empty")


def _validate(
    spec: Path,
    /,
    *,
    side: Literal["described", "other"] = "described",
    lenient: bool = False,
    root: Path | None = None,
) -> int:
    """List everything that is wrong with a document.

    Names of classes that clash are told by `generate` only: it asks datamodel-code-generator.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    side
        `other` exchanges send and receive: for a document that describes the application to which
        yours talks, or one whose authors meant it so.
    lenient
        Leave out what is wrong, and tell it as warnings.
    root
        Folder below which files that the document refers to are read; by default its own folder.

    """
    problems = Problems()
    load_checked(spec, problems, side=side, lenient=lenient, root=root)
    _show(problems)
    return FAILED if problems.errors else OK


def _generate(
    spec: Path,
    /,
    *,
    out: Path,
    package: str,
    runtime: str = DEFAULT_RUNTIME,
    side: Literal["described", "other"] = "described",
    lenient: bool = False,
    root: Path | None = None,
    protocol: Literal["auto", "stomp", "none"] = "auto",
    check: bool = False,
) -> int:
    """Write the generated package into a folder.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    out
        The folder to write the package into.
    package
        Import name of the generated package.
    runtime
        Import name of the runtime that the generated code uses.
    side
        `other` exchanges send and receive: for a document that describes the application to which
        yours talks, or one whose authors meant it so.
    lenient
        Leave out what is wrong with the document, and tell it as warnings.
    root
        Folder below which files that the document refers to are read; by default its own folder.
    protocol
        A client is made when a server speaks STOMP. `stomp` makes one also for a document that
        says `ws` and means STOMP; `none` makes none, only data.
    check
        Write nothing; show how the folder differs from what would be written.

    """
    given = dict(locals())  # first of all: every parameter and nothing else
    _require_module(package, "package")
    _require_module(runtime.lstrip("."), "runtime")  # leading dots: a runtime inside the package
    if f"{package}.".startswith(f"{runtime}."):
        raise _UsageError(f"{package!r} cannot be the package: the runtime has that name")
    if out.exists() and not out.is_dir():
        raise _UsageError(f"{out} is not a folder")
    from .dmcg import Worker

    problems = Problems()
    name = fast_check.entry_name(spec, given.get("root"))
    as_it_was = manifest.spec_digest(spec, name)  # before it is read: it may be edited meanwhile
    with Worker() as worker:  # it gets ready in a process of its own while we read the document
        document = load_checked(spec, problems, side=side, lenient=lenient, root=root)
        if document is None:
            raise DocumentError(problems)
        files = generate_from(
            document,
            problems,
            package=package,
            runtime=runtime,
            ask=worker.ask,
            protocol=protocol,
        )
    _show(problems)
    files = manifest.with_manifest(
        files,
        package.replace(".", "/"),
        api=_api(document),
        document=name,
        spec=getattr(document, "files", None) or as_it_was,
        options=fast_check.relevant(given),
    )
    from .output import ForeignFileError, diff_tree, write_tree

    try:
        if check:
            return _show_difference(diff_tree(files, out))
        write_tree(files, out)
    except ForeignFileError as exc:
        raise _UsageError(f"{exc}; move it away first") from None
    return OK


def _sources(
    spec: Path,
    /,
    *,
    out: Path,
    side: Literal["described", "other"] = "described",
    lenient: bool = False,
    root: Path | None = None,
    check: bool = False,
) -> int:
    """Write the page that tells where every statement of the document comes from.

    Parameters
    ----------
    spec
        The AsyncAPI document, YAML or JSON.
    out
        The page, a Markdown file.
    side
        `other` exchanges send and receive, as for `generate`.
    lenient
        Leave out what is wrong with the document, and tell it as warnings.
    root
        Folder below which files that the document refers to are read; by default its own folder.
    check
        Write nothing; show how the page differs from what would be written.

    """
    from .output import write_file
    from .sources import FIRST_WORDS, sources_page

    if out.is_dir():
        raise _UsageError(f"{out} is a folder, not a file")
    before = out.read_bytes().decode("utf-8", "replace") if out.exists() else ""
    if out.exists() and spec.exists() and out.samefile(spec):
        raise _UsageError(f"{out} is the document itself")
    if before and not before.startswith(FIRST_WORDS):
        raise _UsageError(f"{out} exists and is not a page of sources; move it away first")
    problems = Problems()
    document = load_checked(spec, problems, side=side, lenient=lenient, root=root)
    if document is None:
        raise DocumentError(problems)
    _show(problems)
    page = sources_page(document)
    if not check:
        write_file(out, page)
        return OK
    name = out.as_posix()
    difference = difflib.unified_diff(
        before.splitlines(keepends=True), page.splitlines(keepends=True), name, f"{name} (new)"
    )
    return _show_difference("".join(difference))


def _api(document: Any) -> dict[str, str]:
    """Return title and version of an API, as texts."""
    from .pointers import as_object

    info = as_object(document.data.get("info"))
    return {key: str(info.get(key, "")) for key in ("title", "version")}


def _show_difference(difference: str) -> int:
    if not difference:
        return OK
    sys.stdout.write(difference)
    return DIFFERENT


def _fail(sentence: str) -> int:
    print(f"stompgen: {sentence}", file=sys.stderr)
    return FAILED


def _show(problems: Problems) -> None:
    """List problems on stderr: coloured on a terminal, plain and unwrapped anywhere else."""
    if not sys.stderr.isatty():
        for problem in problems:
            print(problem, file=sys.stderr)
        return
    from rich.console import Console

    console = Console(stderr=True)
    for problem in problems:
        console.print(_coloured(problem), soft_wrap=True)


def _coloured(problem: Problem) -> Any:
    from rich.text import Text

    text = Text(str(problem))
    text.highlight_regex(r"^\S+:\d+:\d+:", "bold")
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    text.highlight_regex(r"(?<=: )#\S*(?=:)", colour)
    return text
