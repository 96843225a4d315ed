"""The command `till`. Its manual is `docs/till-command.md`."""

import sys

_NEEDED = ("cyclopts", "platformdirs", "rich")


def main() -> None:
    """Entry point of the command."""
    try:
        from .app import run
    except ModuleNotFoundError as exc:
        if exc.name not in _NEEDED:
            raise
        print(
            "till: the command needs the extra till: pip install 'worldpay-ips[till]'",
            file=sys.stderr,
        )
        sys.exit(30)
    run(sys.argv[1:])
