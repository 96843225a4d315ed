"""The attributes of classes of the model, whatever a version of it has."""

from typing import Any

import attrs


def attribute_names(thing: object) -> list[str]:
    """List the attributes of an attrs object."""
    cls: Any = type(thing)
    return [attribute.name for attribute in attrs.fields(cls)]


def is_described(thing: object) -> bool:
    """Tell whether something is an attrs object."""
    cls: Any = type(thing)
    return attrs.has(cls)
