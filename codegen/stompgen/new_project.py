"""A project for the bindings of a document: everything around the generated code."""

import re
import sys
import unicodedata
from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path

import attrs

from .distribution import NAME, PACKAGE, RUNTIME, Distribution
from .document import Document
from .naming import snake_case
from .pointers import as_object
from .scaffolding import render
from .usage import MODULE
from .vendor import INSIDE

TEMPLATES = {
    ".github/workflows/ci.yml": "project/github/ci.yml.jinja",
    ".gitignore": "project/gitignore.jinja",
    "README.md": "project/README.md.jinja",
    "noxfile.py": "project/noxfile.py.jinja",
    "pyproject.toml": "project/pyproject.toml.jinja",
    "tests/test_bindings.py": "project/tests/test_bindings.py.jinja",
}
TAKEN = sys.stdlib_module_names | {
    *(
        "CODEC",
        "Codec",
        "COMMAND",
        "EXAMPLES",
        "Example",
        "OPTIONS",
        "Path",
        "ROOT",
        "pytest",
        "tests",
    ),
    *("attr", "attrs", "cattr", "cattrs", "ips_simulator", "nox", "pytest", "stompgen"),
    *("tests", "websocket", PACKAGE, RUNTIME),
}
"""Names that the project's tests use, and of what is installed with it."""
BEGINS_WELL = re.compile(r"\W*[A-Za-z]")
LONGEST = 40
FALLBACK = "bindings"


@attrs.frozen(kw_only=True)
class Project:
    """What a new project is to be."""

    document: Document
    spec: Path
    package: str
    vendored: bool
    """The runtime lies in the package; otherwise the distribution is needed."""
    options: tuple[str, ...] = ()
    """Further options of the command that generates."""

    @property
    def generate(self) -> tuple[str, ...]:
        """The arguments of `stompgen` that write the bindings, to be run in the project."""
        spec, options = f"spec/{self.spec.name}", self.options
        if self.vendored:
            more = ("--", *options) if options else ()
            return "vendor", "src", "--spec", spec, "--package", self.package, *more
        return "generate", spec, "--out", "src", "--package", self.package, *options


def project_files(project: Project, parts: Distribution) -> dict[str, str]:
    """Return the files around the generated code and the document, path → text."""
    info = as_object(project.document.data.get("info"))
    title = str(info.get("title", ""))
    pin = f"{NAME}=={parts.version}"
    values: Mapping[str, object] = {
        "description": " ".join(f"Bindings of {title}, generated.".split()),
        "distribution": NAME,
        "document": f"spec/{project.spec.name}",
        "folder": project.package.replace(".", "/"),
        "generate": project.generate,
        "generator": f"{NAME}[codegen]=={parts.version}",
        "name": distribution_name(project.package),
        "package": project.package,
        "python": parts.python,
        "requires": parts.requires if project.vendored else (pin,),
        "runtime": f"{project.package}.{INSIDE}" if project.vendored else RUNTIME,
        "source": f"src/{project.package.partition('.')[0]}",
        "title": title,
        "vendored": project.vendored,
    }
    return {path: render(template, **values) for path, template in TEMPLATES.items()}


def package_name(document: Document) -> str:
    """Propose a package's name: the document's title, when that can be one."""
    title = str(as_object(document.data.get("info")).get("title", ""))
    plain = ascii_of(title)
    name = snake_case(plain)[:LONGEST].strip("_") if BEGINS_WELL.match(plain) else ""
    usable = MODULE.fullmatch(name) and not iskeyword(name) and is_free(name)
    return name if usable else FALLBACK


def is_free(package: str) -> bool:
    """Tell whether a package may have a name: nothing that the project uses has it already."""
    return package.partition(".")[0] not in TAKEN


def distribution_name(package: str) -> str:
    """Name a distribution after its package."""
    return re.sub(r"[^a-z0-9]+", "-", ascii_of(package).lower()).strip("-") or FALLBACK


def ascii_of(text: str) -> str:
    """Return what is left of a text in ASCII, letters without their marks."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
