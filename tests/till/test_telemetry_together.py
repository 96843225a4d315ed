"""Several observers of one operation."""

import logging
from typing import Any

import pytest

from ips_till.journal import Intent
from ips_till.operations import MoneyOperation
from ips_till.together import together
from stompws.frames import Frame
from stompws.session import Direction

INTENT = Intent(reference="M1", paypoint_id="INST001", operation=MoneyOperation.SALE)


class Listing:
    """Writes down what it is told."""

    def __init__(self, intent: Intent) -> None:
        self.told: list[Any] = [intent.reference]

    def note(self, kind: str, /, **facts: Any) -> None:
        self.told.append((kind, facts))

    def trace(self, direction: Direction, frame: Frame, when: float) -> None:
        self.told.append((direction, frame.command, when))

    def end(self) -> None:
        self.told.append("end")


class Failing(Listing):
    """Fails at everything, and its words quote a secret."""

    def note(self, *_args: Any, **_facts: Any) -> None:
        raise RuntimeError("zebra")

    def trace(self, *_args: Any) -> None:
        raise RuntimeError("zebra")

    def end(self) -> None:
        raise RuntimeError("zebra")


def refusing(_intent: Intent) -> Listing:
    raise RuntimeError("zebra")


def test_all_are_told_whatever_one_of_them_does(caplog: pytest.LogCaptureFixture) -> None:
    """One that fails or cannot be made hides nothing from the others; its words are not logged."""
    made: list[Listing] = []

    def listing(intent: Intent) -> Listing:
        made.append(Listing(intent))
        return made[-1]

    factory = together(Failing, listing, None, refusing, listing)
    assert factory is not None
    direction = next(iter(Direction))
    with caplog.at_level(logging.DEBUG, logger="ips_till"):
        observer = factory(INTENT)
        observer.note("result", outcome="approved")
        observer.trace(direction, Frame("MESSAGE", [], b""), 2.0)
        observer.end()
    told = ["M1", ("result", {"outcome": "approved"}), (direction, "MESSAGE", 2.0), "end"]
    assert [one.told for one in made] == [told, told]
    assert len(caplog.records) == 4
    assert "zebra" not in caplog.text


def test_one_or_none_is_itself() -> None:
    """So that nothing is paid for what is not there."""
    assert together() is None
    assert together(None, None) is None
    assert together(None, Listing) is Listing
