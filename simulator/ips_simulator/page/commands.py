"""What a page may wish, checked and done."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, cast

from ..faults import Fault, FaultKind
from ..pin_pad import CardWay, PadMode, PinPad, PinPadError
from ..points import Step
from ..scenario_problems import ScenarioError, UnknownScenarioError
from ..world import World
from .history import MOST_PAYPOINTS, History

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


class PageHost(Protocol):
    """The simulator, as the page uses it."""

    def choose(self, paypoint_id: str, wish: str | None) -> None:
        """Play a paypoint this way."""
        ...

    def inject(self, paypoint_id: str, fault: Fault) -> None:
        """Make a fault happen."""
        ...


class CommandError(Exception):
    """The wish cannot be met; the text is for the person at the page."""


class Commands:
    """Does what pages wish. In the simulator's thread only."""

    def __init__(self, host: PageHost, world: World, history: History) -> None:
        self._host = host
        self._world = world
        self._history = history

    def do(self, text: str) -> dict[str, Any]:
        """Do one thing, and say what came of it."""
        number: object = None
        try:
            wish = _parse(text)
            number = wish.get("id")
            self._do(wish)
        except (CommandError, PinPadError, UnknownScenarioError) as exc:
            return {"type": "answer", "id": number, "ok": False, "message": _sentence(str(exc))}
        except ScenarioError:
            # Its text quotes the file; that belongs to the terminal.
            message = "The file of this scenario has problems."
            return {"type": "answer", "id": number, "ok": False, "message": message}
        return {"type": "answer", "id": number, "ok": True}

    def _do(self, wish: Mapping[str, Any]) -> None:
        what = _text(wish, "do")
        paypoint_id = _text(wish, "paypoint")
        if what == "show":
            self._show(paypoint_id)
            return
        if not self._history.shows(paypoint_id):
            raise CommandError("this paypoint is not on the page")
        if what == "choose":
            self._host.choose(paypoint_id, _text(wish, "scenario") or None)
        elif what == "inject":
            self._host.inject(paypoint_id, _fault(wish))
        elif (use := _PAD.get(what)) is not None:
            use(self._world.paypoint(paypoint_id).pad, wish)
        else:
            raise CommandError("this page is not of this simulator; reload it")
        self._history.touch(paypoint_id)

    def _show(self, paypoint_id: str) -> None:
        if not _ID.fullmatch(paypoint_id):
            raise CommandError(
                "a paypoint's id has 1 to 100 letters, digits, hyphens and underscores"
            )
        if self._history.full and not self._history.shows(paypoint_id):
            raise CommandError(f"the page shows no more than {MOST_PAYPOINTS} paypoints")
        self._history.touch(paypoint_id)


def _fault(wish: Mapping[str, Any]) -> Fault:
    at = _one_of(Step, wish, "at") if wish.get("at") else None
    return Fault(kind=_one_of(FaultKind, wish, "kind"), at=at)


def _set_mode(pad: PinPad, wish: Mapping[str, Any]) -> None:
    pad.mode = _one_of(PadMode, wish, "mode")


def _present(pad: PinPad, wish: Mapping[str, Any]) -> None:
    pad.present(_one_of(CardWay, wish, "way"))


_PAD: Final[Mapping[str, Callable[[PinPad, Mapping[str, Any]], None]]] = {
    "present": _present,
    "pin": lambda pad, _wish: pad.enter_pin(),
    "wrong-pin": lambda pad, _wish: pad.enter_pin(correct=False),
    "remove": lambda pad, _wish: pad.remove_card(),
    "sign": lambda pad, _wish: pad.sign(),
    "cancel": lambda pad, _wish: pad.press_cancel(),
    "mode": _set_mode,
}


def _parse(text: str) -> Mapping[str, Any]:
    try:
        wish: object = json.loads(text)
    except (ValueError, RecursionError):
        wish = None
    if not isinstance(wish, dict):
        raise CommandError("this page is not of this simulator; reload it")
    return cast("dict[str, Any]", wish)


def _text(wish: Mapping[str, Any], name: str) -> str:
    value = wish.get(name)
    if not isinstance(value, str):
        raise CommandError(f"the wish lacks its {name}")
    return value


def _one_of(type_: Any, wish: Mapping[str, Any], name: str) -> Any:
    value = _text(wish, name)
    if value not in set(type_):
        raise CommandError(f"there is no such {name}")
    return type_(value)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
