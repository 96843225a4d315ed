"""The thread that reads, keeps heart-beats alive and notices the end.

One lock guards protocol, link and stream; nothing is ever waited for while it is held, because the
stream does not block. All waiting is for events: the socket, a waker, the queue.
"""

import contextlib
import logging
import queue
import selectors
import threading
import time
from collections.abc import Callable
from typing import Final

from .client_protocol import ClientProtocol
from .closing import LINGER_SECONDS
from .connecting import start_thread
from .line import Line
from .session_events import ProtocolEvent
from .stream import Selector, Stream
from .waker import Waker
from .wslink import WebSocketLink

log = logging.getLogger("stompws")


class End:
    """In the queue, of a wait: what comes next is for another one."""


END: Final = End()
"""Of all waits: nothing follows."""


class Pump(Line):
    """Moves data between one stream and one protocol. For `Driver` only.

    Attributes are read and written under `lock`, except `events`, which is a queue.
    """

    def __init__(
        self, stream: Stream, link: WebSocketLink, protocol: ClientProtocol, where: str
    ) -> None:
        super().__init__(protocol, where)
        self.stream, self.link = stream, link
        self.lock = threading.RLock()  # a trace callback may call back
        self.changed = threading.Condition(self.lock)
        """Notified when octets have left and when the link has ended."""

        self.events: queue.SimpleQueue[ProtocolEvent | End] = queue.SimpleQueue()
        self.delivered = 0
        """How many events were put there."""

        self._on_drained: list[tuple[Callable[[], None], threading.Event]] = []
        with contextlib.ExitStack() as undo:  # when this machine has no more descriptors
            self._selector = undo.enter_context(Selector())
            self._waker = Waker()
            undo.callback(self._waker.close)
            self._selector.register(self._waker, selectors.EVENT_READ)
            self._selector.register(stream, selectors.EVENT_READ)
            undo.pop_all()
        self._thread = threading.Thread(target=self._run, name=f"stompws {where}", daemon=True)

    def start(self) -> None:
        """Begin to read.

        Raises:
            ConnectionLostError: The system has no thread left. Everything is closed.
        """
        try:
            start_thread(self._thread, self.where)
        except BaseException:
            with self.lock:
                self.release()
            raise

    def join(self, seconds: float) -> None:
        """Wait for the thread's end, unless that is who asks."""
        if threading.current_thread() is not self._thread:
            self._thread.join(seconds)

    def wake(self) -> None:
        """Let the thread look again at what it waits for."""
        self._waker.wake()

    def when_drained(self, callback: Callable[[], None]) -> None:
        """Call back, under the lock, once all that has arrived by now is delivered; wait for it."""
        called = threading.Event()
        with self.lock:
            self._on_drained.append((callback, called))
            if self.ended:
                self._tell_drained()
            else:
                self.wake()
        called.wait(LINGER_SECONDS)

    def _tell_drained(self) -> None:
        waiting, self._on_drained = self._on_drained, []
        for callback, called in waiting:
            callback()
            called.set()

    def push(self, now: float, starts: list[int] | None = None) -> None:
        """Hand what the protocol has to say to the socket; note where each frame starts.

        Raises:
            OSError: The connection is broken.
        """
        for data in self.protocol.data_to_send(now):
            if starts is not None:
                starts.append(self.stream.queued)
            self.link.send(data)
        self.stream.flush()

    def flush(self) -> None:
        """Hand what is queued to the socket."""
        self.stream.flush()

    def say_close(self, code: int) -> None:
        """Queue the WebSocket's goodbye."""
        self.link.send_close(code)

    def put(self, event: ProtocolEvent) -> None:
        """Queue an event for callers."""
        self.delivered += 1
        self.events.put(event)

    def changed_now(self) -> None:
        """Wake the threads that wait for `changed`."""
        self.changed.notify_all()

    def turn_again(self) -> None:
        """Wake the thread."""
        self.wake()

    def abandon(self) -> None:
        """Say goodbye, soon. Takes no lock, so a garbage collection may call it anywhere."""
        self.abandoned = True
        self.wake()

    def release(self) -> None:
        """Close everything that can be closed."""
        self.ended = True
        self._tell_drained()
        self._selector.close()
        self.stream.close()
        self._waker.close()
        self.changed.notify_all()

    def _run(self) -> None:
        """Turn until either side ends it; whatever happens, tell."""
        try:
            while self._turn(self._selector):
                pass
        finally:
            with self.lock:
                self.note_end()
                self.release()
                self.events.put(END)
            log.info("%s ended: %s", self.where, self.error or self.goodbye.reason)

    def _turn(self, selector: selectors.BaseSelector) -> bool:
        """Wait for something to happen and deal with it; False when it was the end."""
        with self.lock:
            wait = self.seconds_to_wait(time.monotonic())
            interest = selectors.EVENT_READ
            if self.stream.taken < self.stream.queued:
                interest |= selectors.EVENT_WRITE
            if selector.get_key(self.stream).events != interest:
                selector.modify(self.stream, interest)
            at_hand = self.stream.readable
        if not at_hand and any(key.fileobj is self._waker for key, _ in selector.select(wait)):
            self._waker.clear()
        with self.lock:
            try:
                return self._pump(time.monotonic())
            except Exception as exc:  # noqa: BLE001  (whatever it is, callers are told)
                self.break_off_after(exc)
            return False

    def seconds_to_wait(self, now: float) -> float | None:
        """Return when a turn is due even if nothing happens; None when never."""
        return 0.0 if self._on_drained else super().seconds_to_wait(now)

    def _pump(self, now: float) -> bool:
        """Take one message, say what is due; False when it is over."""
        if self.stop:
            return False
        stream = self.stream
        before = stream.received
        data = self.link.receive()
        if stream.received != before and not self.protocol.closed:
            self.protocol.peer_alive(now)
        if data is None and self._on_drained:
            self._tell_drained()
        return self.advance(data, now)
