"""One operation in a thread of its own, while this one shows, asks, and hears signals.

A signal's handler only posts: what it asks for is done where nothing else is interrupted. Whatever
goes wrong with the display, the operation is waited for.
"""

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from time import monotonic
from types import FrameType, TracebackType
from typing import Any, Final, Generic, NoReturn, Self, TypeVar

import attrs

from ..errors import TillError
from ..events import AnyQuestion, OtherQuestion
from .asking import facts, words
from .codes import Code
from .keys import Keys, TerminalKeys
from .prompting import Prompting
from .speaking import Speaker

T = TypeVar("T")

LEFT: Final = (
    "Left without the outcome. It may have happened: do not repeat it. Find out: till recover"
)
_TICK: Final = 0.2
_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGTSTP")  # not all systems have all
_FRAMES: Final = "|/-\\"


@attrs.frozen
class _Asked:
    question: AnyQuestion
    done: threading.Event


@attrs.frozen
class _Told:
    tell: Callable[[], None]


@attrs.frozen
class _Signalled:
    number: int


class _Over:
    """The operation has ended."""


class Running(Generic[T]):
    """Runs one operation. Enter it first; signals are its business until it is left.

    Args:
        speaker: Says what happens.
        reference: How the operation is found again; None for what is not in the journal.
        abort: Asks for an abort; None where there is no such thing.
        ask: Whether a person answers questions; else they are left to the policy.
        asks_only: It changes nothing at the service: the first interruption leaves.
        left: What to say to whoever leaves before the end.
        keys: Where answers come from.
    """

    def __init__(
        self,
        speaker: Speaker,
        *,
        reference: str | None = None,
        abort: Callable[[], None] | None = None,
        ask: bool = False,
        asks_only: bool = False,
        left: str = LEFT,
        keys: Callable[[], Keys] = TerminalKeys,
    ) -> None:
        self._speaker, self._reference, self._abort = speaker, reference, abort
        self._ask = ask and speaker.interactive
        self._asks_only, self._left = asks_only, left
        self._prompting = Prompting(speaker, keys)
        # Its `put` may be called by a signal's handler in the middle of its `get`.
        self._posted: queue.SimpleQueue[_Asked | _Told | _Signalled | _Over] = queue.SimpleQueue()
        self._started = monotonic()
        self._interruptions = 0
        self._abort_wanted = threading.Event()
        self._sent = threading.Event()
        self._abort_once = threading.Lock()
        self._result: list[T] = []
        self._error: BaseException | None = None
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        def post(number: int, _frame: FrameType | None) -> None:
            self._posted.put(_Signalled(number))

        numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        self._handlers = {number: signal.signal(number, post) for number in numbers}
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    # -- for the operation's thread

    def post(self, tell: Callable[[], None]) -> None:
        """Have something said, when it is its turn."""
        self._posted.put(_Told(tell))

    def sent(self) -> None:
        """Say that the operation can be aborted from now on."""
        self._sent.set()
        if self._abort_wanted.is_set():
            self._request_abort()

    def ask(self, question: AnyQuestion) -> None:
        """Have a question answered; return when it is, or when its time is over."""
        done = threading.Event()
        self._posted.put(_Asked(question, done))
        done.wait(question.seconds + 1.0)

    # -- for the main thread

    def run(self, work: Callable[[], T]) -> T:
        """Run it to its end; return or raise what it does."""
        thread = threading.Thread(target=self._work, args=(work,), name="till", daemon=True)
        thread.start()
        while True:
            try:
                self._watch()
                break
            except Exception:  # noqa: BLE001 - a broken display does not stop a payment
                self._speaker.fall_silent()
                self._prompting.stop()
        self._prompting.stop()
        self._speaker.status(None)
        thread.join()
        if self._error is not None:
            raise self._error
        return self._result[0]

    def _work(self, work: Callable[[], T]) -> None:
        try:
            self._result.append(work())
        except BaseException as exc:  # noqa: BLE001 - raised again by the main thread
            self._error = exc
        finally:
            self._posted.put(_Over())

    def _watch(self) -> None:
        while True:
            self._show_status()
            match self._next():
                case _Over():
                    return
                case _Told(tell):
                    tell()
                case _Asked(question, done):
                    self._begin_asking(question, done)
                case _Signalled(number):
                    self._interrupt(number)
                case None:
                    self._prompting.look()

    def _next(self) -> "_Asked | _Told | _Signalled | _Over | None":
        try:
            if self._prompting.line is not None:
                return self._posted.get_nowait()  # the keyboard is waited for instead
            return self._posted.get(timeout=_TICK)
        except queue.Empty:
            return None

    def _show_status(self) -> None:
        if (line := self._prompting.line) is not None:
            self._speaker.status(line)
            return
        seconds = int(monotonic() - self._started)
        frame = _FRAMES[int((monotonic() - self._started) / _TICK) % len(_FRAMES)]
        if self._abort_wanted.is_set():
            hint = "abort requested"
        else:
            hint = "Ctrl-C: abort" if self._abort is not None else "asking the service"
        self._speaker.status(f"{frame} {seconds} s  {hint}")

    # -- questions

    def _begin_asking(self, question: AnyQuestion, done: threading.Event) -> None:
        self._speaker.tell("question", None, **facts(question))
        if not self._ask or self._abort_wanted.is_set() or isinstance(question, OtherQuestion):
            self._speaker.say(f"{words(question)} Nobody is asked: no.")
            done.set()
            return
        self._prompting.begin(question, done)

    # -- signals

    def _interrupt(self, number: int) -> None:
        if number == getattr(signal, "SIGTSTP", None):
            self._speaker.say("A running operation cannot be paused: the service would not wait.")
            return
        self._interruptions += 1
        if self._prompting.line is not None:
            self._speaker.say("Not answered: no.")
            self._prompting.stop()
        if self._asks_only:
            self._leave()
        elif self._interruptions == 1:
            self._first()
        elif self._interruptions == 2:
            self._speaker.tell(
                "interrupted",
                "Still waiting for the truth. Ctrl-C once more leaves without it.",
                count=self._interruptions,
            )
        else:
            self._leave()

    def _first(self) -> None:
        if self._abort is None:
            self._speaker.tell(
                "interrupted",
                "This cannot be aborted any more; waiting for its end.",
                count=self._interruptions,
            )
            return
        self._abort_wanted.set()
        self._speaker.tell(
            "interrupted",
            "Asking for an abort, if it is not too late. Waiting for what comes of it.",
            count=self._interruptions,
        )
        if self._sent.is_set():
            self._request_abort()

    def _request_abort(self) -> None:
        if not self._abort_once.acquire(blocking=False):
            return  # both threads may have come here
        # In a thread of its own: it writes to a disk and to a socket.
        threading.Thread(target=self._do_abort, name="till-abort", daemon=True).start()

    def _do_abort(self) -> None:
        try:
            if self._abort is not None:
                self._abort()
        except TillError as exc:
            text = str(exc)
            self.post(lambda: self._speaker.tell("abort-refused", text, message=text))

    def _leave(self) -> NoReturn:
        """End the process as it is: the journal knows what was left behind."""
        self._prompting.stop()
        self._speaker.status(None)
        self._speaker.tell(
            "left",
            self._left,
            style="bold white on red",
            reference=self._reference,
            exit_code=int(Code.UNKNOWN),
        )
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or None
                stream.flush()
        os._exit(Code.UNKNOWN)
