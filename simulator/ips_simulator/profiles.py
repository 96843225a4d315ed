"""Servers that differ in how they speak STOMP over WebSocket. What they sell is the same.

Where a source tells how such a server behaves, the profile follows it; the rest is *invented*, and
`Profile.invented` names it.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import attrs

from stompws.frames import Limits, Version
from stompws.server import RefusalKind

FIVE_COMMANDS: Final = ("SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK")
ALL_RECEIPTS: Final = frozenset((*FIVE_COMMANDS, "BEGIN", "COMMIT", "ABORT", "DISCONNECT"))


class AfterError(StrEnum):
    """What a server does when it has sent ERROR."""

    CLOSES = "closes"
    """It closes the connection, as STOMP demands."""
    STAYS = "stays"
    """It leaves the connection open and reads nothing more of it."""
    SERVES = "serves"
    """It goes on as if nothing had been, as far as it can read the client."""


def _versions(value: Iterable[Version | str]) -> tuple[Version, ...]:
    return tuple(map(Version, value))


def _commands(value: Iterable[str]) -> frozenset[str]:
    return frozenset(value)


def _closes(value: Mapping[RefusalKind | str, int]) -> Mapping[RefusalKind, int]:
    return MappingProxyType({RefusalKind(kind): code for kind, code in value.items()})


@attrs.frozen(kw_only=True)
class Profile:
    """One kind of server."""

    name: str
    title: str
    invented: tuple[str, ...] = ()
    """Which of the members below no source tells."""
    versions: tuple[Version, ...] = attrs.field(
        default=tuple(reversed(Version)), converter=_versions
    )
    """What it speaks; of those that a client offers too, it takes the first."""
    heart_beat_ms: tuple[int, int] = (10_000, 10_000)
    """What it can send and wishes to receive, milliseconds; 0 is never."""
    receipts: frozenset[str] = attrs.field(default=ALL_RECEIPTS, converter=_commands)
    """The commands whose receipt it sends when it is asked for one."""
    subprotocols: tuple[str, ...] = ("v12.stomp", "v11.stomp", "v10.stomp")
    """Of those that a client offers it takes the first that is here; none is needed."""
    own_order: bool = False
    """It takes the first of its own that the client offers."""
    longest_paypoint: int = 100
    """Characters of the id of a paypoint."""
    max_frame_octets: int = 1 << 20
    """More than this in one frame is refused."""
    after_error: AfterError = attrs.field(default=AfterError.CLOSES, converter=AfterError)
    closes_silently: Mapping[RefusalKind, int] = attrs.field(
        factory=dict[RefusalKind, int], converter=_closes
    )
    """What is refused without ERROR, with the close code of the WebSocket."""
    content_length: bool = True
    """Whether messages carry it."""
    trailing_eol: bool = False
    """Whether a line feed follows each frame."""
    repeats_receipt: bool = False
    """Whether a message repeats the header `receipt` of the client's last SEND."""

    @property
    def limits(self) -> Limits:
        """What a client may make it hold in memory."""
        return Limits(max_frame_bytes=self.max_frame_octets)

    @property
    def path(self) -> re.Pattern[str]:
        """The addresses that it serves; the paypoint is the first group."""
        return re.compile(rf"/ipc-app/payment/([A-Za-z0-9_-]{{1,{self.longest_paypoint}}})")

    def choose_subprotocol(self, offered: Iterable[str]) -> str | None:
        """What is chosen of a client's offer."""
        theirs = tuple(offered)
        first, second = (
            (self.subprotocols, theirs) if self.own_order else (theirs, self.subprotocols)
        )
        return next((name for name in first if name in second), None)

    def choose_version(self, offered: Iterable[Version]) -> Version | None:
        """The version that is spoken; None when there is none in common."""
        known = frozenset(offered)
        return next((version for version in self.versions if version in known), None)


ON_PREMISE: Final = Profile(
    name="on-premise",
    title="The server in the shop, STOMP 1.2",
    invented=(
        "heart_beat_ms",
        "receipts",
        "subprotocols",
        "max_frame_octets",
        "after_error",
        "closes_silently",
        "content_length",
    ),
)

CLOUD: Final = Profile(
    name="cloud",
    title="The cloud, STOMP 1.0",
    # A client that works offers it 1.1 alone.
    versions=("1.0", "1.1", "1.2"),
    heart_beat_ms=(0, 0),  # such a client sends no header of this name either
    longest_paypoint=20,
    invented=(*ON_PREMISE.invented,),
)

SPRING: Final = Profile(
    name="spring",
    title="Like Spring's simple broker, on which the real server may rest",
    heart_beat_ms=(0, 0),
    receipts={"DISCONNECT"},
    max_frame_octets=64 * 1024,
    after_error=AfterError.STAYS,
    closes_silently={RefusalKind.BAD_CREDENTIAL: 1008},  # known is that it may, not when
    invented=("subprotocols", "closes_silently", "content_length"),
)

RABBITMQ: Final = Profile(
    name="rabbitmq",
    title="Like RabbitMQ with web-stomp",
    heart_beat_ms=(1_000, 1_000),
    receipts=ALL_RECEIPTS - {"DISCONNECT"},
    after_error=AfterError.SERVES,
    closes_silently={RefusalKind.BROKEN_PROTOCOL: 1007},
    own_order=True,
    trailing_eol=True,
    repeats_receipt=True,
    invented=("max_frame_octets",),
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {one.name: one for one in (ON_PREMISE, CLOUD, SPRING, RABBITMQ)}
)


def find_profile(wish: "Profile | str") -> Profile:
    """A profile, or the one of this name.

    Raises:
        ValueError: There is none of this name.
    """
    if isinstance(wish, Profile):
        return wish
    if (found := PROFILES.get(wish)) is None:
        raise ValueError(f"no server profile {wish!r}; there are {', '.join(PROFILES)}")
    return found


def dress(data: bytes, profile: Profile) -> bytes:
    """The octets of a frame as a server of this profile writes them."""
    if not profile.content_length:
        head, blank, body = data.partition(b"\n\n")
        lines = [line for line in head.split(b"\n") if not line.startswith(b"content-length:")]
        data = b"\n".join(lines) + blank + body
    return data + b"\n" if profile.trailing_eol else data
