"""A project for the bindings of a document: everything around the generated code."""

import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from keyword import iskeyword

import attrs

from .distribution import NAME, PACKAGE, RUNTIME, Distribution
from .naming import snake_case
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
SPEC = "spec"
"""The folder of the document and of the files that it refers to."""
FALLBACK = "bindings"


@attrs.frozen(kw_only=True)
class Project:
    """What a new project is to be."""

    title: str
    """The API's."""
    entry: str
    """The document's path in the project's folder `spec`."""
    package: str
    vendored: bool
    """The runtime lies in the package; otherwise the distribution is needed."""
    options: tuple[str, ...] = ()
    """Further options of the command that generates."""

    @property
    def generate(self) -> tuple[str, ...]:
        """The arguments of `stompgen` that write the bindings, to be run in the project."""
        spec = f"{SPEC}/{self.entry}"
        if self.vendored:
            more = ("--", *self.options) if self.options else ()
            return "vendor", "src", "--spec", spec, "--package", self.package, *more
        return "generate", spec, "--out", "src", "--package", self.package, *self.options


def split_root(options: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """Take the option `--root` out of some options; return its value and the others.

    It tells where the document's files lie; in the project they lie in a folder of their own.
    """
    root, others = None, list[str]()
    waiting = list(options)
    while waiting:
        word = waiting.pop(0)
        if word == "--root" and waiting:
            root = waiting.pop(0)
        elif word.startswith("--root="):
            root = word.removeprefix("--root=")
        else:
            others.append(word)
    return root, tuple(others)


def project_files(project: Project, parts: Distribution) -> dict[str, str]:
    """Return the files around the generated code and the document, path → text."""
    pin = f"{NAME}=={parts.version}"
    values: Mapping[str, object] = {
        "description": " ".join(f"Bindings of {project.title}, generated.".split()),
        "distribution": NAME,
        "document": f"{SPEC}/{project.entry}",
        "folder": project.package.replace(".", "/"),
        "generate": project.generate,
        "generator": f"{NAME}[codegen]=={parts.version}",
        "name": distribution_name(project.package),
        "package": project.package,
        "python": parts.python,
        "requires": parts.requires if project.vendored else (pin,),
        "runtime": f"{project.package}.{INSIDE}" if project.vendored else RUNTIME,
        "source": f"src/{project.package.partition('.')[0]}",
        "title": project.title,
        "vendored": project.vendored,
    }
    return {path: render(template, **values) for path, template in TEMPLATES.items()}


def package_name(title: str) -> str:
    """Propose a package's name: the API's title, when that can be one."""
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
