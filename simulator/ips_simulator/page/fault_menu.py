"""The faults that can be chosen at the page, in the words of people."""

from collections.abc import Mapping
from typing import Any, Final

from ..faults import OF_A_FRAME, FaultKind
from ..points import Step

ABOUT: Final[Mapping[FaultKind, str]] = {
    FaultKind.DROP: "The connection is cut without a word.",
    FaultKind.RESET: "The connection is reset.",
    FaultKind.HALF_OPEN: "Nothing passes any more, and nobody is told.",
    FaultKind.MUTE: "The server says nothing more, and goes on listening.",
    FaultKind.STOMP_ERROR: "A STOMP ERROR frame, then the end of the connection.",
    FaultKind.STOMP_ERROR_WITHOUT_CLOSE: "A STOMP ERROR frame; the server goes on.",
    FaultKind.NO_RECEIPTS: "STOMP's receipts are no longer sent.",
    FaultKind.NO_HEART_BEATS: "Heart-beats are no longer sent.",
    FaultKind.CHUNKED: "Each frame comes in many small WebSocket messages.",
    FaultKind.DEVICE_RESTART: "The payment device restarts; what is not decided ends.",
    FaultKind.DELAY: "A frame is held up, and all that follows.",
    FaultKind.LATE: "A frame is held up, and the next ones overtake it.",
    FaultKind.DUPLICATE: "A frame comes twice.",
    FaultKind.REORDER: "A frame and the next change places.",
    FaultKind.MERGED: "A frame and the next come in one WebSocket message.",
    FaultKind.CORRUPT: "The body of a message is damaged.",
    FaultKind.FOREIGN_CORRELATION_ID: "A message carries a foreign correlation id.",
    FaultKind.MISSING_HEADERS: "A message lacks headers.",
}

POINTS: Final[Mapping[Step, str]] = {
    Step.STARTED: "when a payment starts",
    Step.CARD: "before the card",
    Step.AUTHORISATION: "before the authorisation",
    Step.RECEIPTS: "when it is decided, before the receipts",
    Step.RESULT: "before the result",
    Step.COMPLETE: "before the end",
}


def fault_menu() -> dict[str, list[dict[str, Any]]]:
    """What, and when, as JSON."""
    return {
        "faults": [
            {"kind": kind.value, "about": text, "next": kind in OF_A_FRAME}
            for kind, text in ABOUT.items()
        ],
        "points": [{"point": point.value, "about": text} for point, text in POINTS.items()],
    }
