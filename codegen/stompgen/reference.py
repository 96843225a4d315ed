"""A reference of a document, in Markdown: `{path: text}`, or problems.

The way there is that of the generator as far as the names of all classes; the views after it are
others. What the generator cannot express in code can still be described.
"""

from pathlib import PurePath

import attrs

from . import dmcg
from .dmcg import Ask
from .document import Document
from .formatting import format_python
from .frontend import name_schemas
from .generate import components, make_context, outermost, with_payloads
from .naming import attribute, snake_case, words
from .normalise import build_model
from .pointers import as_object, as_text
from .problems import Problems
from .reference_messages import PYTHON
from .reference_pages import Page, Section, pages
from .reference_text import fence
from .replies import write_out_replies
from .schema_reader import component_schemas, read_schemas
from .traits import apply_traits
from .views import Context

FIRST_WORDS = "<!-- Written by `stompgen docs`."
"""How each page begins: by this it is known as ours."""

HEAD = f"{FIRST_WORDS} Do not edit. -->"


def reference_files(
    document: Document,
    problems: Problems,
    *,
    package: str,
    single: str | None = None,
    ask: Ask | None = None,
    protocol: str = "auto",
) -> dict[str, str]:
    """Write the reference of a document that has been checked.

    Args:
        document: The document as it was read.
        problems: Takes what cannot be expressed; with an error among it there is no reference.
        package: Import name of the generated package, which the examples use.
        single: Name of the page when all is to stand in one.
        ask: How datamodel-code-generator is asked.
        protocol: As `generate` has it: whether there is a client.

    Returns:
        Path → text, sorted: the title page `README.md` and one page for each tag, or the one page.
    """
    context = _context(document, problems, ask or dmcg.ask, protocol)
    if context is None or problems.errors:
        return {}
    return _render(pages(context, package, single))


def _context(document: Document, problems: Problems, ask: Ask, protocol: str) -> Context | None:
    if protocol == "stomp":  # as `generate` does
        document = write_out_replies(document)
    effective = apply_traits(document)
    model = with_payloads(build_model(effective, problems))
    keys = outermost(effective, model)
    roots = [*keys, *components(model)]
    schemas = read_schemas(effective, roots, problems, component_schemas(effective))
    if problems.errors:
        return None
    names = name_schemas(effective, schemas, keys, problems, ask)
    return make_context(
        effective, model, schemas, names, runtime="stompws", problems=problems, protocol=protocol
    )


def _render(found: list[Page]) -> dict[str, str]:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__ or "stompgen"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown; text of the document has been through reference_text
    )
    template = environment.get_template("reference.jinja")
    done = _formatted(found)
    return {
        page.path: template.render(sections=done[page.path], head=HEAD)
        for page in sorted(found, key=lambda page: page.path)
    }


def _formatted(found: list[Page]) -> dict[str, list[Section]]:
    """Format all examples in Python, in one go, and leave out what is empty."""
    blocks = {block for page in found for section in page.sections for block in section.blocks}
    python = sorted(block for block in blocks if block.startswith(PYTHON))
    files = {f"{index}.py": block.removeprefix(PYTHON) for index, block in enumerate(python)}
    formatted = format_python(files) if files else {}
    ready = {
        block: fence("python", formatted[f"{index}.py"].strip())
        for index, block in enumerate(python)
    }
    return {
        page.path: [
            attrs.evolve(section, blocks=[ready.get(b, b) for b in section.blocks if b])
            for section in page.sections
        ]
        for page in found
    }


def page_name(path: PurePath) -> str | None:
    """Return the name of the one page that is asked for; None for a folder of pages."""
    return path.name if path.suffix.lower() in {".md", ".markdown"} else None


def default_package(document: Document) -> str:
    """Name the package that examples import, when nobody has said how it is called."""
    title = as_text(as_object(document.data.get("info")).get("title")) or ""
    return attribute(snake_case(title[:60]) if words(title[:60]) else "bindings", ())
