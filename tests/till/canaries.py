"""Known card numbers and secrets, and a watch that looks for them everywhere.

All numbers are test numbers: the documentation's own, and one of the ranges reserved for tests.
"""

import base64
import io
import logging
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PAN = "4929490000070006"
"""Passes the check; the last four may be seen."""
GROUPED = ("4929 4900 0007 0006", "4929-4900-0007-0006", "4929\u202f4900\u202f0007\u202f0006")
OTHER_PAN = "1234567890123445"
"""The documentation's, inside its track2Data; its check digit fails."""
TRACK2 = f";{OTHER_PAN}=99011200XXXX00000000?*"
TRACK2_PAN = f";{PAN}=99011200123412345678?"
TRACK1 = f"%B{PAN}^CARDHOLDER/TEST^99011200123412345678?"
EQUIVALENT = f"{PAN}D99011200123412345678F"
CUT = "492949XXXXXX0006"
"""As the service cuts it short. It is kept for settling and cancelling, and never shown."""
ENCODED = base64.b64encode(f"CARD {PAN} SALE 10.99".encode()).decode()
WRAPPED = base64.encodebytes(b"X" * 50 + PAN.encode() + b" THANK YOU").decode()
"""MIME breaks lines after 76 characters, here inside the number."""
KEY = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJwZHBvc3JlZiI6IlBPUzEyMyIsInBkcG9zaWQiOiJENDVGR1QifQ"
    ".c2lnbmF0dXJlLW9mLWEtdGVzdC1rZXktb25seQ"
)
OTHER_KEY = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJwZHBvc3JlZiI6IlBPUzEyMyIsIm4iOjJ9"
    ".YW5vdGhlci1zaWduYXR1cmUtZm9yLXRlc3Rz"
)
ACTIVATION = "ZQ81AC77"
TOKEN = "532931432DB44ABB5"  # noqa: S105 - the documentation's
VOICE = "QZ77XY"
HOSTILE_TEXTS = (PAN, *GROUPED, TRACK2, TRACK2_PAN, TRACK1, EQUIVALENT, CUT, ENCODED, WRAPPED)
HOSTILE = " | ".join(HOSTILE_TEXTS)
"""A text that holds a card in every way in which people write one."""

_CARD_PARTS = (
    PAN, *GROUPED, "49294900", "4929 4900", "4929-4900", "00070006", OTHER_PAN, "123456789012",
    "99011200", "492949XX", ENCODED[:20], ENCODED[8:28], PAN[:12], PAN.encode().hex(),
)  # fmt: skip
_SECRET_PARTS = (KEY[:20], KEY[40:60], KEY[-20:], ACTIVATION, TOKEN, VOICE)


class Watch:
    """Collects everything that could be seen, and finds canaries in it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self.parts = [*_CARD_PARTS, *_SECRET_PARTS, *secrets]
        self.seen: list[tuple[str, str]] = []
        self.types: set[type] = set()
        """What was looked at."""
        self.log = io.StringIO()
        self._handler = logging.StreamHandler(self.log)
        self._handler.setFormatter(
            logging.Formatter("%(name)s %(levelname)s %(message)s %(args)s %(exc_info)s")
        )

    def __enter__(self) -> "Watch":
        root = logging.getLogger()
        self._level = root.level
        root.addHandler(self._handler)
        root.setLevel(1)
        return self

    def __exit__(self, *_: object) -> None:
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._level)
        self.text("log", self.log.getvalue())

    def look(self, *things: object) -> None:
        """Look at values as a log or a debugger would."""
        for thing in things:
            self.types.add(type(thing))
            where = f"repr of {type(thing).__name__}"
            self.seen += [(where, repr(thing)), (where, f"{thing!a}")]
            if not isinstance(thing, str):
                self.seen.append((f"str of {type(thing).__name__}", str(thing)))

    def look_at(self, error: BaseException | None, *, frames: bool = True) -> None:
        """Look at an error and all that led to it: text, args, attributes, tracebacks."""
        done: set[int] = set()
        stack = [error]
        while stack:
            one = stack.pop()
            if one is None or id(one) in done:
                continue
            done.add(id(one))
            self.types.add(type(one))
            where = type(one).__name__
            self.seen += [(where, repr(one)), (where, str(one)), (where, repr(one.args))]
            self.seen.append((where, repr(getattr(one, "__notes__", ""))))
            self.seen.append((f"attributes of {where}", repr(getattr(one, "__dict__", ""))))
            if frames:
                told = traceback.TracebackException.from_exception(one, capture_locals=False)
                # The lines of source are those of this repository, which names the canaries.
                for part in _chain(told):
                    self.seen.append(
                        (f"traceback of {where}", "".join(part.format_exception_only()))
                    )
            stack += [one.__cause__, one.__context__]

    def text(self, where: str, text: str) -> None:
        """Look at a text as it is."""
        self.seen.append((where, text))

    def data(self, where: str, data: bytes) -> None:
        """Look at octets, also as if they were wide characters."""
        for encoding in ("latin-1", "utf-16-le", "utf-16-be"):
            self.seen.append((where, data.decode(encoding, "ignore")))

    def files(self, folder: Path) -> int:
        """Look at all files below a folder, whole; return how many there were."""
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        for path in paths:
            self.text("name of a file", path.name)
            self.data(f"file {path.suffix}", path.read_bytes())
        return len(paths)

    def found(self, *, but: Iterable[str] = ()) -> list[str]:
        """Say what was seen and where, without showing more than its beginning."""
        left_alone = set(but)
        hits = {
            f"{part[:4]}… in {where}"
            for where, text in self.seen
            for part in self.parts
            if part in text and part not in left_alone
        }
        return sorted(hits)


def _chain(told: Any) -> Iterable[Any]:
    while told is not None:
        yield told
        told = told.__cause__ or told.__context__
