"""Plays a recording: the server's side of it, for a client that sends what was sent then.

Conversations are matched by their operation, those of each operation in the order of the recording.
Correlation ids and the merchant's references are the new client's own. A client that deviates is
told what was expected, in a STOMP ERROR.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from stompws.descriptors import Operation
from stompws.shapes import Struct
from stompws.values import Json

from .recording import Recording, read_recording
from .replay_script import Conversation, Heard, conversations_of
from .replay_text import difference

_NEW_PAYMENT: Final = "startPayment"


class DeviationError(Exception):
    """The client does something else than the recorded one. The text quotes the recording only."""


class Replay:
    """A recording as far as it has been played. Used from the simulator's thread.

    Args:
        recording: Or the path of its file.
        fast: Leave the pauses out.
        patience_seconds: How much longer than the recorded client the new one may take.

    Raises:
        RecordingError: It cannot be read, or there is nothing in it to play.
        OSError: The file cannot be read.
    """

    def __init__(
        self,
        recording: Recording | Path | str,
        *,
        fast: bool = False,
        patience_seconds: float = 30.0,
    ) -> None:
        if not isinstance(recording, Recording):
            recording = read_recording(recording)
        self.recording: Final = recording
        self.fast: Final = fast
        self.patience_seconds: Final = patience_seconds
        self._left = list(conversations_of(recording))
        self._references: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"<Replay: {len(self._left)} conversations to come>"

    @property
    def left(self) -> tuple[str, ...]:
        """The operations that are still to come."""
        return tuple(one.operation.name for one in self._left)

    @property
    def references(self) -> Mapping[str, str]:
        """Recorded references of the merchant, and what the new client calls them."""
        return self._references

    def begin(self, operation: Operation, message: Struct | None, paypoint_id: str) -> Conversation:
        """Take the conversation that a request opens.

        Raises:
            DeviationError: There is none, or it began with another message.
        """
        own = [one for one in self._left if one.operation is operation]
        if not own:
            coming = ", ".join(dict.fromkeys(self.left)) or "nothing"
            raise DeviationError(
                f"{operation.name} is not expected here: in the recording {coming} is to come"
            )
        same = [one for one in own if one.paypoint_id == paypoint_id]
        found = (same or own)[0]
        self._adopt(found.reference, message, renew=operation.name == _NEW_PAYMENT)
        self._check(operation, found.body, message, found.line)
        self._left.remove(found)
        return found

    def hear(self, step: Heard | None, operation: Operation, message: Struct | None) -> None:
        """Take a message inside a conversation.

        Raises:
            DeviationError: The recording has none there, or another.
        """
        if step is None:
            raise DeviationError(f"{operation.name} is not in the recording of this conversation")
        if step.operation is not operation:
            raise DeviationError(
                f"{operation.name} is not expected here: line {step.line} of the recording is"
                f" {step.operation.name}"
            )
        self._check(operation, step.body, message, step.line)

    def _check(
        self, operation: Operation, recorded: Json, message: Struct | None, line: int
    ) -> None:
        if (found := difference(recorded, message, self._references)) is not None:
            raise DeviationError(f"{operation.name}: {found}, line {line}")

    def _adopt(self, recorded: str | None, message: Struct | None, *, renew: bool) -> None:
        """Learn what the new client calls a payment."""
        given = getattr(message, "merchant_transaction_reference", None)
        if recorded is not None and isinstance(given, str):
            if renew:
                self._references[recorded] = given
            else:
                self._references.setdefault(recorded, given)
