"""What can go wrong on the line, as data. The connection makes it happen."""

from enum import StrEnum

import attrs

from .points import Step


class FaultKind(StrEnum):
    """Faults that can be played."""

    DROP = "drop"
    """The TCP connection is cut, without a word of WebSocket or STOMP."""


@attrs.frozen(kw_only=True)
class Fault:
    """One fault."""

    kind: FaultKind = attrs.field(converter=FaultKind)
    at: Step | None = attrs.field(default=None, converter=attrs.converters.optional(Step))
    """Just before this point of the payment; None is at once, where it stands among the steps."""

    def __str__(self) -> str:
        return self.kind.value
