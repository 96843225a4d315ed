"""Compares two specifications: what changes on the wire, and what for Python callers.

What is compared is what the generator makes of a document (model, schemas, names, code), so that
layout, order of keys and schemas that only moved make no difference.
"""

from .api import Api, read_api
from .changes import Breaks, Change, Difference, Direction, Kind
from .compare import compare

__all__ = ["Api", "Breaks", "Change", "Difference", "Direction", "Kind", "compare", "read_api"]
