"""orjson, where it is installed: a decoder and encoder that the distribution's extra brings.

It is used for what it does exactly as Python's json does; where it does not, the result shows it:
long integers and all fractions come as floats, and half surrogate pairs are refused.
"""

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any


@cache
def load() -> ModuleType | None:
    """Return the module, or None when there is none that can do what is needed."""
    try:
        module = import_module("orjson")
    except ImportError:
        return None
    return module if hasattr(module, "Fragment") else None  # since 3.9


def fragment(text: str) -> Any:
    """Make a piece of JSON that the encoder writes as it is."""
    module: Any = load()
    return module.Fragment(text)
