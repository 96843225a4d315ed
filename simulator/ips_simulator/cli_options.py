"""Options of the command as the values that a `Simulator` takes, with clear errors."""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import attrs

from worldpay_ips import Result

from .cli_errors import CommandError
from .invented import Inventions
from .profiles import PROFILES
from .scenario import Decide, Scenario
from .scenario_library import Library
from .scenario_problems import ScenarioError, UnknownScenarioError

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_PAYPOINT: Final = re.compile(r"[A-Za-z0-9_-]{1,20}")
_USUAL: Final = "approved"
_WORDS: Final[dict[str, Any]] = {"true": True, "false": False, "none": None}


def check_address(host: str, ports: Iterable[int | None], *, tls: bool) -> None:
    """Refuse what cannot be listened on, and what would send card data in the clear."""
    if not tls and host not in LOOPBACK:
        raise CommandError(
            f"without TLS only this machine is served, not {host} (leave --plain out)"
        )
    for port in ports:
        if port is not None and not 0 <= port <= 65535:
            raise CommandError(f"there is no port {port}; the last one is 65535")


def check_paypoints(paypoints: Iterable[str]) -> None:
    """Refuse what no address can name."""
    for paypoint in paypoints:
        if not _PAYPOINT.fullmatch(paypoint):
            raise CommandError(
                f"{paypoint!r} is no paypoint: 1 to 20 letters, digits, hyphens and underscores"
            )


def read_rules(rules: Iterable[str]) -> Inventions:
    """Switches of `Inventions`, each as `name=value`."""
    inventions, known = Inventions(), attrs.fields_dict(Inventions)
    for rule in rules:
        name, equals, text = rule.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise CommandError(f"--rule {rule}: write it as NAME=VALUE")
        if name not in known:
            raise CommandError(f"there is no rule {name!r}{_hint(name, known)}")
        try:
            inventions = inventions.with_rules({name: _value(text.strip())})
        except (ValueError, TypeError) as exc:
            raise CommandError(f"--rule {name}: it cannot be {text.strip()!r}: {exc}") from None
        value = getattr(inventions, name)
        if isinstance(value, Result) and not value.is_known:
            hint = _hint(value, [one.value for one in Result])
            raise CommandError(f"--rule {name}: it cannot be {text.strip()!r}{hint}")
    return inventions


def _value(text: str) -> Any:
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        return float(text)
    except ValueError:
        return text


def find_profile(name: str) -> str:
    """The name of a profile, if it is one."""
    if name not in PROFILES:
        raise CommandError(f"there is no profile {name!r}{_hint(name, PROFILES)}")
    return name


def open_library(folders: Iterable[Path]) -> Library:
    """The scenarios, every file of the folders read and free of problems."""
    folders = tuple(folders)
    for folder in folders:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder of scenario files")
    problems: list[str] = []
    for path in sorted(path for folder in folders for path in folder.glob("*.yaml")):
        problems += problems_of(path)
    if problems:
        raise CommandError(tell_problems(problems))
    library = Library(folders)
    _check_amounts(library.all())
    return library


def problems_of(path: Path) -> list[str]:
    """What is wrong with a scenario file, each with its place."""
    try:
        scenario = Library((path.parent,)).get(path.stem)
    except ScenarioError as exc:
        return [f"{path.parent / str(problem)}" for problem in exc.problems]
    except UnknownScenarioError:
        rule = "a scenario file is called as its scenario, in small letters: declined.yaml"
        return [f"{path}: {rule}"] if path.exists() else [f"{path}: there is no such file"]
    except OSError as exc:
        return [f"{path}: {exc.strerror or exc}"]
    return [] if scenario.name == path.stem else [f"{path}: it holds {scenario.name}"]


def tell_problems(problems: list[str]) -> str:
    """All problems below one sentence."""
    count = f"{len(problems)} problems" if len(problems) > 1 else "1 problem"
    return "\n".join([f"{count} in scenario files:", *(f"  {one}" for one in problems)])


def _check_amounts(scenarios: Iterable[Scenario]) -> None:
    """Two scenarios cannot have one magic amount: nobody could tell which is played."""
    seen: dict[int, str] = {}
    for one in scenarios:
        if one.magic_amount is None:
            continue
        if (other := seen.setdefault(one.magic_amount, one.name)) != one.name:
            raise CommandError(
                f"the magic amount {one.magic_amount / 100:.2f} belongs to {other}"
                f" and to {one.name}"
            )


def find_scenario(library: Library, name: str) -> Scenario:
    """The scenario of a name."""
    try:
        return library.get(name)
    except UnknownScenarioError:
        raise CommandError(f"there is no scenario {name!r}{_hint(name, library.names)}") from None


def usual_scenario(library: Library) -> Scenario:
    """Chip and PIN, approved with the result that fits what was asked for."""
    approved = library.get(_USUAL)
    steps = (
        attrs.evolve(step, result=None) if isinstance(step, Decide) else step
        for step in approved.payment or ()
    )
    return attrs.evolve(approved, payment=tuple(steps), magic_amount=None)


def _hint(name: str, known: Iterable[str]) -> str:
    known = tuple(known)
    if close := difflib.get_close_matches(name, known, n=1):
        return f"; is {close[0]!r} meant?"
    if len(known) > 10:
        return " (ips-simulator scenarios lists them)" if _USUAL in known else ""
    return f"; there are {', '.join(known)}"
