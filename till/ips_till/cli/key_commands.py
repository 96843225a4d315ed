"""`till register` and `refresh`: the license key, which is never shown."""

import contextlib
import getpass
import os
import re
import sys
from collections.abc import Generator
from typing import Final

from ..keys import KeyFile
from ..registering import KeyNotStoredError
from ..registering import refresh as refresh_key
from ..registering import register as register_till
from .codes import Code, CommandError
from .opening import Opening
from .options import DEFAULT, Options, default_key_file
from .running import Running
from .speaking import Speaker, speaker

_LEFT: Final = (
    "Left without knowing whether a key came. Look at the doctor; an activation code works once."
)
_CODE: Final = re.compile(r"[A-Za-z0-9]{8}\Z")


def register(
    *,
    pos_id: str,
    pos_reference: str,
    options: Options = DEFAULT,
) -> int:
    """Turn an activation code into this till's license key.

    The code is asked for, or read from the standard input; it works once, and is never an argument.
    The key is stored where the settings say, by default in a file of the user's data folder that
    nobody else can read. Only its fingerprint is shown.

    Args:
        pos_id: Of the point of sale, from Worldpay's portal: 6 letters and digits.
        pos_reference: Of the point of sale, from there too: 1 to 15 letters and digits.
        options: Of all commands.
    """
    voice, opening = speaker(as_json=options.as_json), Opening.read(options, needs_key=False)
    found = opening.environment
    _make_default_folder(found.key)
    found.key.check_writable()  # before anybody types a code
    code = _activation_code()
    with _rescued(voice), Running[str](voice, left=_LEFT) as running:
        fingerprint = running.run(
            lambda: register_till(
                found.server,
                point_of_sale_id=pos_id,
                point_of_sale_reference=pos_reference,
                activation_code=code,
                store=found.key,
                options=opening.client_options,
            )
        )
    text = f"Registered. The license key {fingerprint} is in {_place(found.key)}."
    voice.tell("registered", text, fingerprint=fingerprint, exit_code=0)
    return Code.DONE


def refresh(*, options: Options = DEFAULT) -> int:
    """Renew the license key. The old one is kept until the new one has connected."""
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    found = opening.environment
    with _rescued(voice), Running[str](voice, left=_LEFT) as running:
        fingerprint = running.run(
            lambda: refresh_key(found.server, found.key, options=opening.client_options)
        )
    text = f"Renewed. The license key {fingerprint} is in {_place(found.key)}."
    voice.tell("refreshed", text, fingerprint=fingerprint, exit_code=0)
    return Code.DONE


def _activation_code() -> str:
    """Ask for the code where a person is, without showing it; else read one line."""
    if sys.stdin.isatty():
        try:
            code = getpass.getpass("Activation code (not shown): ")
        except EOFError:
            code = ""
    else:
        code = sys.stdin.readline(200)
    if not _CODE.match(code.strip()):
        raise CommandError("an activation code is 8 letters and digits; nothing was sent")
    return code.strip()


def _place(store: object) -> str:
    return str(store.path) if isinstance(store, KeyFile) else "the keyring"


def _make_default_folder(store: object) -> None:
    if isinstance(store, KeyFile) and store.path == default_key_file():
        store.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextlib.contextmanager
def _rescued(voice: Speaker) -> Generator[None, None, None]:
    """A key that came and could not be stored is lost with this process: store it elsewhere."""
    try:
        yield
    except KeyNotStoredError as exc:
        path = default_key_file().with_name(f"rescued-key-{os.getpid()}")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        exc.store_in(KeyFile(path))
        text = f"It was saved in {path}.new: move it to where the key belongs (mode 0600)."
        voice.tell("rescued", text, path=f"{path}.new")
        raise
