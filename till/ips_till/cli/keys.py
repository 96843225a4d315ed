"""What is typed, letter by letter, while something else goes on."""

import codecs
import contextlib
import os
import re
import sys
import time
from types import TracebackType
from typing import Any, Final, Protocol, Self

_ESCAPES: Final = re.compile(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)
_LONGEST: Final = 20


class Keys(Protocol):
    """A source of letters. Entered, it forgets what was typed before: that answers nothing."""

    def read(self, seconds: float) -> str:
        """Wait so long for letters; return what there is, perhaps nothing."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


class Line:
    """One line as it is typed: letters, backspace, Ctrl-U; Enter or Ctrl-D ends it."""

    def __init__(self) -> None:
        self.text = ""

    def feed(self, letters: str) -> str | None:
        """Take letters; return the line when it is ended, and begin another."""
        for letter in _ESCAPES.sub("", letters):
            if letter in "\r\n\x04":
                done, self.text = self.text, ""
                return done  # what was typed after it answers nothing
            if letter in "\x7f\b":
                self.text = self.text[:-1]
            elif letter == "\x15":
                self.text = ""
            elif letter.isprintable() and len(self.text) < _LONGEST:
                self.text += letter
        return None


if sys.platform == "win32":  # not tried yet
    import msvcrt

    class TerminalKeys:
        """The keyboard of a Windows console."""

        def read(self, seconds: float) -> str:
            """Wait so long for letters."""
            until, found = time.monotonic() + seconds, ""
            while not found and time.monotonic() < until:
                while msvcrt.kbhit():
                    found += msvcrt.getwch()
                time.sleep(0.02)
            return found

        def __enter__(self) -> Self:
            while msvcrt.kbhit():
                msvcrt.getwch()
            return self

        def __exit__(
            self,
            exc_type: type[BaseException] | None,
            exc: BaseException | None,
            traceback: TracebackType | None,
        ) -> None:
            pass

else:
    import select
    import termios
    import tty

    class TerminalKeys:
        """The keyboard of a terminal. Ctrl-C still sends its signal."""

        def __init__(self, number: int | None = None) -> None:
            self._number = sys.stdin.fileno() if number is None else number
            self._before: list[Any] | None = None
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

        def read(self, seconds: float) -> str:
            """Wait so long for letters."""
            ready, _, _ = select.select([self._number], [], [], seconds)
            if not ready:
                return ""
            try:
                data = os.read(self._number, 1024)
            except OSError:
                data = b""
            if not data:
                time.sleep(seconds)  # the terminal is gone: nobody answers any more
            return self._decoder.decode(data)

        def __enter__(self) -> Self:
            self._before = termios.tcgetattr(self._number)
            tty.setcbreak(self._number, termios.TCSAFLUSH)
            return self

        def __exit__(
            self,
            exc_type: type[BaseException] | None,
            exc: BaseException | None,
            traceback: TracebackType | None,
        ) -> None:
            if self._before is not None:
                with contextlib.suppress(termios.error):  # the terminal is gone
                    termios.tcsetattr(self._number, termios.TCSAFLUSH, self._before)
                self._before = None
