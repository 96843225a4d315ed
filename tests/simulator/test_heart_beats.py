"""How often the simulator beats is a choice of the test."""

import pytest

from ips_simulator import Simulator
from stompws.driver import Driver


@pytest.mark.parametrize(
    ("offered", "agreed"),
    [((700, 900), (900, 700)), ((0, 0), (0, 0)), (None, (10_000, 10_000))],
)
def test_heart_beats_are_as_chosen(
    offered: tuple[int, int] | None, agreed: tuple[int, int]
) -> None:
    """What the simulator offers holds for a client that asks for less; ten seconds by default."""
    simulator = Simulator() if offered is None else Simulator(heart_beat_ms=offered)
    with (
        simulator,
        Driver.open(
            simulator.server().url,
            connect_headers={"x-wp-authorization": simulator.license_key},
            heart_beat=(100, 100),
        ) as driver,
    ):
        assert driver.connected is not None
        assert driver.connected.heart_beat == agreed
