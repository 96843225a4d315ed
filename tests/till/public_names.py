"""Everything public of all packages, found by walking them."""

import enum
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import attrs

PACKAGES = ("stompws", "worldpay_ips", "ips_simulator", "ips_till")


@functools.cache
def modules() -> tuple[ModuleType, ...]:
    """Every module, also those that are imported on first use only."""
    found = []
    for root in PACKAGES:
        package = importlib.import_module(root)
        found.append(package)
        names = [one.name for one in pkgutil.walk_packages(package.__path__, root + ".")]
        found += [
            importlib.import_module(name)
            for name in names
            if "__main__" not in name and "async" not in name
        ]
    return tuple(found)


def classes() -> Iterator[type]:
    """The classes that a module defines without an underscore."""
    for module in modules():
        for name, value in vars(module).items():
            own = inspect.isclass(value) and value.__module__ == module.__name__
            if own and not name.startswith("_"):
                yield value


def records() -> list[type]:
    """Those that are made of fields."""
    return [cls for cls in classes() if attrs.has(cls)]


def errors() -> list[type]:
    """Those that are raised."""
    return [cls for cls in classes() if issubclass(cls, BaseException)]


def enums() -> list[type]:
    """Those whose values are named."""
    return [cls for cls in classes() if issubclass(cls, enum.Enum)]


def others() -> list[type]:
    """All others, but for protocols, which nobody makes."""
    known = {*records(), *errors(), *enums()}
    return [
        cls for cls in classes() if cls not in known and not getattr(cls, "_is_protocol", False)
    ]


def name_of(cls: type) -> str:
    """Module and name."""
    return f"{cls.__module__}.{cls.__qualname__}"
