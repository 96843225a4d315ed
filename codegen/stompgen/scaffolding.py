"""Files that are written around generated code, from templates of their own."""

import jinja2

from .filters import literal
from .markup import code, markdown, toml

FOLDER = "scaffold"


def render(template: str, **values: object) -> str:
    """Return a file. Text of a document passes through one of the filters."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__ or "stompgen", FOLDER),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - no HTML; text of the document goes through filters
    )
    environment.filters.update(code=code, literal=literal, markdown=markdown, toml=toml)
    return environment.get_template(template).render(**values)
