"""Typed STOMP-over-WebSocket bindings from an AsyncAPI document.

The generator is a pure function: `document -> problems` or `document -> {path: text}`. Writing
files is the command line's business.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from .problems import Problem, Problems, Severity

if TYPE_CHECKING:
    from .dmcg import Ask
    from .document import Document
    from .perspective import Side

__all__ = [
    "DEFAULT_RUNTIME",
    "DocumentError",
    "Problem",
    "Problems",
    "Severity",
    "generate_files",
    "load",
    "load_checked",
    "validate",
]

DEFAULT_RUNTIME = "stompws"
"""The name under which generated code imports the runtime."""


class DocumentError(Exception):
    """No code can be made of the document; `problems` says why, one problem a line."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(str(problems))
        self.problems = problems


def load(
    path: str | Path,
    problems: Problems,
    *,
    side: "Side" = "described",
    root: str | Path | None = None,
) -> "Document | None":
    """Read a document and its further files; None when nothing could be made of it.

    Nothing is checked yet. Files are read below `root` only, by default the document's folder.
    Raises OSError.
    """
    from .loading import load as load_document

    return load_document(path, problems, side=side, root=root)


def load_checked(
    path: str | Path,
    problems: Problems,
    *,
    side: "Side" = "described",
    lenient: bool = False,
    root: str | Path | None = None,
) -> "Document | None":
    """Read and check a document; None when it has errors, or nothing could be made of it.

    When `lenient`, what is wrong is left out if the rest makes sense, and told as warnings. Raises
    OSError.
    """
    from .check import check
    from .loading import load as load_document

    if lenient:
        from .lenient import load_leniently

        return load_leniently(path, problems, side=side, root=root)
    document = load_document(path, problems, side=side, root=root)
    if document is not None:
        check(document, problems)
    return None if problems.errors else document


def validate(
    path: str | Path,
    *,
    side: "Side" = "described",
    lenient: bool = False,
    root: str | Path | None = None,
) -> Problems:
    """Return everything that is wrong with a document. Raises OSError."""
    problems = Problems()
    load_checked(path, problems, side=side, lenient=lenient, root=root)
    return problems


def generate_files(
    path: str | Path,
    *,
    package: str,
    runtime: str = DEFAULT_RUNTIME,
    side: "Side" = "described",
    lenient: bool = False,
    root: str | Path | None = None,
    protocol: str = "auto",
    problems: Problems | None = None,
) -> dict[str, str]:
    """Return the generated files, path to text. Raises DocumentError, OSError.

    Args:
        path: The document, YAML or JSON.
        package: Import name of the package.
        runtime: Name under which generated code imports the runtime.
        side: `other` exchanges what is sent and what is received.
        lenient: Leave out what is wrong rather than refuse the document.
        root: Folder below which further files are read; the document's own when None.
        protocol: `stomp` makes a client whatever the servers say, `none` makes none.
        problems: Takes the warnings.
    """
    problems = Problems() if problems is None else problems
    document = load_checked(path, problems, side=side, lenient=lenient, root=root)
    if document is None:
        raise DocumentError(problems)
    return generate_from(document, problems, package=package, runtime=runtime, protocol=protocol)


def generate_from(
    document: "Document",
    problems: Problems,
    *,
    package: str,
    runtime: str,
    ask: "Ask | None" = None,
    protocol: str = "auto",
) -> dict[str, str]:
    """Return the files of a document that has been checked. Raises DocumentError.

    `ask` names the classes of schemas; datamodel-code-generator in this process when None.
    """
    from . import dmcg
    from .generate import generate
    from .normalise import build_model
    from .replies import write_out_replies
    from .traits import apply_traits

    if protocol == "stomp":  # its servers do not say so, and then replies were left as they are
        document = write_out_replies(document)
    effective = apply_traits(document)
    model = build_model(effective, problems)
    files = generate(
        effective,
        model,
        package=package,
        runtime=runtime,
        problems=problems,
        ask=ask or dmcg.ask,
        protocol=protocol,
    )
    if problems.errors:
        raise DocumentError(problems)
    return files
