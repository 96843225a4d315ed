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

__all__ = [
    "DEFAULT_RUNTIME",
    "DocumentError",
    "Problem",
    "Problems",
    "Severity",
    "generate_files",
    "load",
    "validate",
]

DEFAULT_RUNTIME = "stompws"
"""The name under which generated code imports the runtime."""


class DocumentError(Exception):
    """No code can be made of the document; `problems` says why, one problem a line."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(str(problems))
        self.problems = problems


def load(path: str | Path, problems: Problems) -> "Document | None":
    """Read a document; None when nothing could be made of it. Raises OSError."""
    from .document import load as load_document

    return load_document(path, problems)


def validate(path: str | Path) -> Problems:
    """Return everything that is wrong with a document. Raises OSError."""
    from .check import check

    problems = Problems()
    if (document := load(path, problems)) is not None:
        check(document, problems)
    return problems


def generate_files(
    path: str | Path,
    *,
    package: str,
    runtime: str = DEFAULT_RUNTIME,
    protocol: str = "auto",
    problems: Problems | None = None,
) -> dict[str, str]:
    """Return the generated files, path to text. Raises DocumentError, OSError.

    `protocol` is `auto`, `stomp` or `none`; `problems` takes the warnings.
    """
    from .check import check

    problems = Problems() if problems is None else problems
    document = load(path, problems)
    if document is not None:
        check(document, problems)
    if document is None or problems.errors:
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
    from .traits import apply_traits

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
