"""The scenarios that can be named: those that are shipped, and those of a folder of one's own."""

import difflib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from .scenario import Scenario
from .scenario_file import load_scenario
from .scenario_problems import UnknownScenarioError
from .scenario_results import RESULT_SCENARIOS

SHIPPED: Final = Path(__file__).with_name("scenarios")
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Library:
    """Scenarios by name and by magic amount. A file is read when it is first asked for.

    Args:
        folders: Of scenario files, which may replace shipped ones of the same name.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._folders = (*map(Path, folders), SHIPPED)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in order."""
        files = {path.stem for folder in self._folders for path in folder.glob("*.yaml")}
        return tuple(sorted(files | RESULT_SCENARIOS.keys()))

    def get(self, name: str) -> Scenario:
        """The scenario of a name.

        Raises:
            UnknownScenarioError: There is none.
            ScenarioError: Its file has problems.
        """
        if _NAME.fullmatch(name):
            for folder in self._folders:
                path = folder / f"{name}.yaml"
                if path.is_file():
                    return _load(path, path.stat().st_mtime_ns)
        if name in RESULT_SCENARIOS:
            return RESULT_SCENARIOS[name]
        close = difflib.get_close_matches(name, self.names, n=1)
        hint = f"; is {close[0]!r} meant?" if close else "; `Library().names` lists them"
        raise UnknownScenarioError(f"there is no scenario {name!r}{hint}")

    def by_amount(self, amount: int) -> Scenario | None:
        """The scenario of a magic amount."""
        return next((one for one in self.all() if one.magic_amount == amount), None)

    def all(self) -> tuple[Scenario, ...]:
        """All scenarios, by name."""
        return tuple(map(self.get, self.names))


@cache
def _load(path: Path, _changed: int) -> Scenario:
    return load_scenario(path)
