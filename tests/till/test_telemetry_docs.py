"""The page about telemetry lists what is exported, and all of it."""

import re
from pathlib import Path

from ips_till import telemetry

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "telemetry.md").read_text(encoding="utf-8")
SOURCE = Path(telemetry.__file__).read_text(encoding="utf-8")


def test_every_metric_and_attribute_is_on_the_page() -> None:
    """And the page names none that does not exist."""
    in_code = set(re.findall(r'"(ips_till\.[a-z_.]+)"', SOURCE))
    on_page = set(re.findall(r"`(ips_till\.[a-z_.]+)`", PAGE)) - {"ips_till.together"}
    labels = {"ips_till.begun", "ips_till.phase"}  # of metrics: shown without the prefix
    assert in_code - labels == on_page


def test_every_phase_and_event_is_on_the_page() -> None:
    """Phases are spans, and notes are events."""
    phases = set(re.findall(r'_begin_phase\("([a-z]+)"\)', SOURCE))
    spans = set(re.findall(r"\| `ips_till ([a-z]+)` \|", PAGE))
    assert spans == phases | {"action"}
    events = re.search(r"event of the operation's span: (.*?)\.\n", PAGE, re.DOTALL)
    assert events is not None
    assert set(re.findall(r"`([a-z-]+)`", events[1])) == set(telemetry._FACTS)
