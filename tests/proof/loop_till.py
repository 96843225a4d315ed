"""An `AsyncTill` held as a `Till` is: each call runs its event loop until it is done."""

import asyncio
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Self

from ips_till.async_till import AsyncTill
from ips_till.outcome import Outcome

_PAYMENTS = frozenset({"sale", "refund", "pre_auth", "check_card", "verify_account"})


class LoopTill:
    """Everything that a process of the proof asks of a till, over the asyncio driver."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._runner = asyncio.Runner()
        self._till = AsyncTill(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._till, name)
        if name in _PAYMENTS:
            return lambda *args, **more: LoopPayment(self._runner, found(*args, **more))
        if asyncio.iscoroutinefunction(found):
            return lambda *args, **more: self._runner.run(found(*args, **more))
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._runner.run(self._till.close())
        self._runner.close()


class LoopPayment:
    """A payment of it."""

    def __init__(self, runner: asyncio.Runner, payment: Any) -> None:
        self._runner, self._payment = runner, payment

    @property
    def outcome(self) -> Outcome:
        """How it ended."""
        found: Outcome = self._payment.outcome
        return found

    def abort(self) -> None:
        """Ask for an abort."""
        self._run(self._payment.abort)

    def __enter__(self) -> Self:
        self._run(self._payment.__aenter__)
        return self

    def __iter__(self) -> Iterator[Any]:
        while (event := self._run(self._next)) is not None:
            yield event

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._run(lambda: self._payment.__aexit__(exc_type, exc, traceback))

    async def _next(self) -> Any:
        return await anext(self._payment, None)

    def _run(self, call: Callable[[], Any]) -> Any:
        async def awaited() -> Any:
            return await call()

        return self._runner.run(awaited())
