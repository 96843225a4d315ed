"""The imports of one generated module: exactly what is used, in the order that isort gives them."""

import re
import sys
from collections.abc import Iterable

DIGITS = re.compile(r"(\d+)")


class Imports:
    """Collects what a module uses.

    Args:
        runtime: Name of the runtime's package as this module has to write it; with leading dots
            when it lies inside the generated package.
    """

    def __init__(self, runtime: str) -> None:
        self._runtime = runtime
        self._names: dict[str, set[str]] = {}
        self._modules: set[str] = set()

    def module(self, name: str) -> None:
        """Use a whole module, such as `attrs`."""
        self._modules.add(name)

    def name(self, module: str, *names: str) -> None:
        """Use names of a module."""
        self._names.setdefault(module, set()).update(names)

    def runtime(self, module: str, *names: str) -> None:
        """Use names of one of the runtime's modules."""
        dot = "" if self._runtime.endswith(".") else "."
        self.name(f"{self._runtime}{dot}{module}", *names)

    def sections(self) -> tuple[str, ...]:
        """Return the blocks of import lines: standard library, others, the runtime, our own."""
        blocks: dict[int, list[str]] = {}
        for name in sorted(self._modules):
            blocks.setdefault(self._section(name), []).append(f"import {name}")
        for module in sorted(self._names, key=_module_key):
            line = f"from {module} import {', '.join(import_order(self._names[module]))}"
            blocks.setdefault(self._section(module), []).append(line)
        return tuple("\n".join(blocks[section]) for section in sorted(blocks))

    def by_module(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the names imported from each module, both sorted as the import lines are."""
        return tuple(
            (module, tuple(import_order(self._names[module])))
            for module in sorted(self._names, key=lambda name: (self._section(name), name))
        )

    def _section(self, module: str) -> int:
        if module.startswith("."):
            return 3
        top = module.partition(".")[0]
        if top in sys.stdlib_module_names:
            return 0
        return 2 if top == self._runtime.partition(".")[0] else 1


def import_order(names: Iterable[str]) -> list[str]:
    """Sort names as isort does: constants, classes, others; numbers count as numbers."""
    return sorted(names, key=_name_key)


def export_order(names: Iterable[str]) -> list[str]:
    """Sort names as ruff does in `__all__`: the same, but capitals come before small letters."""
    return sorted(names, key=lambda name: (_name_key(name)[0], _natural(name)))


def _name_key(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
    return kind, _natural(name.lower()), name


def _module_key(module: str) -> tuple[int, list[tuple[int, int, str]], str]:
    bare = module.lstrip(".")
    dots = len(module) - len(bare)
    return -dots, _natural(bare.lower()), bare


def _natural(text: str) -> list[tuple[int, int, str]]:
    parts = [part for part in DIGITS.split(text) if part]
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts]
