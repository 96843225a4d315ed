"""What the command says: lines for people, or one JSON object per line for machines.

Both are told the same things through `Speaker.tell`. Where it is said may go away while a payment
runs (`till sale | head`, a closed window): then it is said to nobody, and the payment goes on.
"""

import json
import os
import sys
from typing import Any, Final, TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from stompws.masking import mask_numbers

FORMAT: Final = 1
"""Of the JSON lines. It changes when a key goes or changes its meaning, not when one is added."""


class Speaker:
    """Says things, for machines: one JSON object per line."""

    interactive = False
    """Whether a person can be asked."""
    width = 80
    """Of the terminal, in columns."""

    def __init__(self, out: TextIO | None = None) -> None:
        found: TextIO | None = sys.stdout if out is None else out
        self._out = found
        self._deaf = found is None  # it was closed before we were started

    def tell(
        self,
        event: str,
        text: RenderableType | None = None,  # noqa: ARG002 - for people
        /,
        *,
        style: str = "",  # noqa: ARG002 - for people
        **facts: Any,
    ) -> None:
        """Say one thing.

        Args:
            event: What happened, as a word for machines.
            text: The same for people; None when they need not be told.
            style: How it looks, as rich writes it.
            facts: More of it for machines: JSON, without secrets and card data.
        """
        self._write(json.dumps({"format": FORMAT, "event": event, **facts}) + "\n")

    def say(self, text: RenderableType, *, style: str = "") -> None:
        """Say something to people only."""

    def error(self, text: str, *, name: str, code: int) -> None:
        """Say why the command ends as it does. It may quote arguments: they are masked."""
        self.tell("error", error=name, message=mask_numbers(text), exit_code=code)

    def status(self, text: str | None) -> None:
        """Keep a line of the terminal up to date; None takes it away. Machines need none."""

    def fall_silent(self) -> None:
        """Say nothing any more: what it was said to is broken."""
        self._deaf = True

    def _write(self, text: str) -> None:
        if self._deaf or self._out is None:
            return
        try:
            self._out.write(text)
            self._out.flush()
        except (OSError, ValueError):  # ValueError: it is closed
            self._deaf = True


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Raise what happened. Rich would end the program here, with a payment running."""
        raise


class People(Speaker):
    """Says things in lines that fit the terminal, with a line at the bottom that is kept current.

    The cursor is never hidden and no mode is set: whenever the process is killed, the terminal is
    as it was.
    """

    def __init__(self, *, interactive: bool, width: int | None = None) -> None:
        super().__init__()
        self.console = _Console(highlight=False, width=width)
        self.interactive, self.width = interactive, self.console.width
        self._live = self.console.is_terminal and not self.console.legacy_windows
        self._shown = ""

    def tell(
        self,
        event: str,  # noqa: ARG002 - for machines
        text: RenderableType | None = None,
        /,
        *,
        style: str = "",
        **facts: Any,  # noqa: ARG002 - for machines
    ) -> None:
        """Say it in words; the same text without style where there is no terminal."""
        if text is None or self._deaf:
            return
        shown = self._shown
        self.status(None)
        try:
            if isinstance(text, str) and self.console.is_terminal:
                self.console.print(Text(printable(text), style))
            elif isinstance(text, str):
                # Not wrapped: another program may read it, and wraps it as it likes.
                self.console.print(Text(printable(text)), soft_wrap=True)
            else:
                self.console.print(text)
            self.console.file.flush()
        except (OSError, ValueError):
            self._deaf = True
        self.status(shown or None)

    def say(self, text: RenderableType, *, style: str = "") -> None:
        """Say it."""
        self.tell("", text, style=style)

    def error(self, text: str, *, name: str, code: int) -> None:  # noqa: ARG002 - for machines
        """Say it on stderr."""
        self.status(None)
        try:
            _Console(stderr=True, highlight=False).print(
                Text(f"till: {printable(mask_numbers(text))}"),
                soft_wrap=not _is_terminal(sys.stderr),
            )
        except (OSError, ValueError):
            self._deaf = True

    def status(self, text: str | None) -> None:
        """Write the line anew, where there is a terminal."""
        if not self._live or (text or "") == self._shown:
            return
        line = Text(printable(text or ""))
        line.truncate(max(self.console.width - 1, 1), overflow="ellipsis")
        self._shown = text or ""
        self._write(f"\r\x1b[2K{line.plain}")


def printable(text: str) -> str:
    """A text that cannot steer the terminal; line ends stay."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else "?"
        for letter in text.replace("\r\n", "\n").replace("\t", "    ")
    )


def speaker(*, as_json: bool) -> Speaker:
    """Who speaks: JSON lines when asked for, else lines for people."""
    if as_json:
        return Speaker()
    asked = _is_terminal(sys.stdin) and _is_terminal(sys.stdout) and _in_foreground()
    return People(interactive=asked)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False


def _in_foreground() -> bool:
    """Tell whether keys come to us. A job in the background that asks is stopped by the system."""
    if sys.platform == "win32":
        return True
    try:
        return os.getpgrp() == os.tcgetpgrp(sys.stdin.fileno())
    except OSError:
        return False
