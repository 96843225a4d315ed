"""Performs procedures with threads: the caller's thread does everything but a handler's work."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from stompws.client import ApiClient, ClientConversation, open_conversation
from stompws.client_conversation import send_inside
from stompws.descriptors import Operation
from stompws.shapes import Struct

from .effects import Ask, Close, Effect, Open, Pause, Procedure, Read, Say, Talk, Tell, Write

T = TypeVar("T")


class Player(Generic[T]):
    """Performs one procedure, from one thing it tells to the next.

    Args:
        client: Opens its conversations.
        procedure: What is performed.
    """

    def __init__(self, client: ApiClient, procedure: Procedure[T]) -> None:
        self._client, self._procedure = client, procedure
        self._open: ClientConversation[Any] | None = None
        self.result: T | None = None
        """What the procedure returned."""
        self.over = False
        """True when it has returned or raised."""

    def next_told(self) -> Any:
        """Go on until something is told; None when the procedure has returned.

        Raises what the procedure raises. An interruption of the program (`KeyboardInterrupt`) ends
        the procedure where it is; what it had leased stays leased in the journal.
        """
        if self.over:
            return None
        try:
            effect = self._procedure.send(None)
            while not isinstance(effect, Tell):
                effect = self._answer(effect)
        except StopIteration as exc:
            self.over, self.result = True, exc.value
            return None
        except BaseException:
            self.over = True
            self.abandon()
            raise
        return effect.event

    def run(self) -> T:
        """Perform all of it, telling nobody; return the result."""
        while self.next_told() is not None:
            pass
        return cast("T", self.result)

    def abandon(self) -> None:
        """Close what is open, and end the procedure where it is."""
        self.over = True
        talk, self._open = self._open, None
        self._procedure.close()
        if talk is not None:
            talk.close()

    def _answer(self, effect: Effect) -> Effect:
        try:
            done = self._do(effect)
        except BaseException as exc:  # noqa: BLE001 - the procedure decides what it means
            return self._procedure.throw(exc)
        return self._procedure.send(done)

    def _do(self, effect: Effect) -> Any:
        match effect:
            case Open(operation, request, deadlines, before):
                self._open = open_conversation(
                    self._client, operation, request, deadlines=deadlines, before_request=before
                )
                return self._open
            case Read(talk, timeout):
                return _conversation(talk).next_event(timeout)
            case Say(talk, operation, message):
                return say(talk, operation, message)
            case Close(talk):
                self._open = None
                return _conversation(talk).close()
            case Write(call):
                return call()
            case Ask(handler, question, seconds):
                return ask(handler, question, seconds)
            case Pause(seconds):
                return time.sleep(seconds)
            case Tell():
                raise AssertionError("what is told is delivered")


def say(talk: Talk, operation: Operation, message: Struct) -> None:
    """Send a message inside a conversation; from any thread."""
    send_inside(_conversation(talk), operation, message)


def ask(handler: Callable[[Any], Any], question: object, seconds: float) -> Any:
    """Call a handler in a thread of its own; return or raise what it does.

    Raises:
        TimeoutError: It took longer than `seconds`. It goes on; what it returns is ignored.
    """
    answers: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put((True, handler(question)))
        except BaseException as exc:  # noqa: BLE001 - raised again where it was asked
            answers.put((False, exc))

    threading.Thread(target=work, name="ips-till-handler", daemon=True).start()
    try:
        fine, found = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if fine:
        return found
    if isinstance(found, Exception):
        raise found
    # Whoever ends the thread of a handler does not end the payment.
    raise RuntimeError(f"the handler ended with {type(found).__name__}")


def _conversation(talk: Talk) -> ClientConversation[Any]:
    return cast("ClientConversation[Any]", talk)  # `Open` gave it
