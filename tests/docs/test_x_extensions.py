"""The page about our `x-` keys names what the generator knows."""

import json
import re
from pathlib import Path

from stompgen.extensions import PLACES

ROOT = Path(__file__).parents[2]


def test_the_page_the_schema_and_the_generator_name_the_same_keys() -> None:
    """A key is documented, described for editors and checked, or it is none of ours."""
    page = (ROOT / "docs" / "x-extensions.md").read_text("utf-8")
    schema = json.loads((ROOT / "codegen/stompgen/x-extensions.schema.json").read_text("utf-8"))
    documented = set(re.findall(r"^\| `(x-[a-z-]+)` \|", page, re.MULTILINE))
    assert documented == set(PLACES) == set(schema["properties"])
