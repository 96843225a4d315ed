"""The one question that is being asked at the terminal, if any, and the keyboard meanwhile."""

import threading
from collections.abc import Callable
from typing import Final

from ..errors import ActionError
from ..events import AnyQuestion
from .asking import Asking
from .keys import Keys
from .speaking import Speaker

_SECONDS: Final = 0.2


class Prompting:
    """Asks one question at a time. In the main thread only."""

    def __init__(self, speaker: Speaker, make_keys: Callable[[], Keys]) -> None:
        self._speaker, self._make_keys = speaker, make_keys
        self._now: tuple[Asking, Keys, threading.Event] | None = None

    @property
    def line(self) -> str | None:
        """What stands at the bottom; None when nothing is asked."""
        return None if self._now is None else self._now[0].prompt

    def begin(self, question: AnyQuestion, done: threading.Event) -> None:
        """Ask. `done` is set when it was answered, or will not be any more."""
        keys = self._make_keys()
        try:
            keys.__enter__()
        except Exception:
            done.set()  # the terminal has gone: nobody answers
            raise
        self._now = Asking(question, self._speaker), keys, done

    def look(self) -> None:
        """Wait a moment for keys, and take what was typed."""
        if self._now is None:
            return
        asking, keys, _ = self._now
        letters = keys.read(_SECONDS)
        if asking.late() or (letters and self._fed(asking, letters)):
            self.stop()

    def stop(self) -> None:
        """Ask no more, and give the terminal back."""
        if self._now is not None:
            _, keys, done = self._now
            self._now = None
            keys.__exit__(None, None, None)
            done.set()

    def _fed(self, asking: Asking, letters: str) -> bool:
        try:
            return asking.feed(letters)
        except ActionError as exc:  # too late
            self._speaker.say(str(exc))
            return True
