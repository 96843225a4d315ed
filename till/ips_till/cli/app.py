"""What the command can do, and how it ends.

`payments.py` takes them, `follow_ups.py` settles, cancels and recovers; `running.py` waits for the
truth whatever the keyboard says.
"""

import sys
from typing import Final, TextIO

import cyclopts

from stompws.masking import mask_numbers

from . import (
    doctor,
    follow_ups,
    journal_commands,
    key_commands,
    payments,
    receipt_command,
    reports,
    show_command,
)
from .codes import Code, advice, code_of_error, sentence
from .speaking import Speaker, speaker

_INTERRUPTED: Final = 130
"""As shells have it: 128 and the number of the signal."""

app: Final = cyclopts.App(
    name="till",
    help="Take payments through Worldpay's IPS: at most once, and no result is ever lost."
    " Unofficial. Settings come from the environment (IPS_TILL_URL, …) and from options.",
    version_flags=[],
)
for _command in (
    payments.sale,
    payments.refund,
    payments.preauth,
    payments.check_card,
    follow_ups.settle,
    follow_ups.cancel,
    follow_ups.recover,
    reports.report,
    reports.offline,
    reports.status,
    reports.restart,
    key_commands.register,
    key_commands.refresh,
    doctor.doctor,
    receipt_command.receipt,
    show_command.show,
):
    app.command(_command)
app.command(journal_commands.app)


def run(arguments: list[str]) -> None:
    """Do what the command line says, and end the process."""
    # Only for how errors look: the option itself is read by the commands.
    voice = speaker(as_json="--json" in arguments)
    try:
        sys.exit(app(arguments, exit_on_error=False, print_error=False))
    except cyclopts.CycloptsError as exc:
        text = mask_numbers(" ".join(str(exc).split())) + " (see till --help)"
        voice.error(text, name="UsageError", code=Code.CONFIGURATION)
        sys.exit(Code.CONFIGURATION)
    except KeyboardInterrupt:  # while no payment was running: then it is an abort
        voice.error("interrupted", name="KeyboardInterrupt", code=_INTERRUPTED)
        sys.exit(_INTERRUPTED)
    except Exception as exc:  # noqa: BLE001 - no traceback may quote what went through here
        _end(voice, exc)
    finally:
        _flush()


def _end(voice: Speaker, error: Exception) -> None:
    code = code_of_error(error)
    text = sentence(error)
    if next_step := advice(error):
        text = f"{text}. {next_step}"
    voice.error(text, name=type(error).__name__, code=code)
    sys.exit(code)


def _flush() -> None:
    """Write what is left. Nobody may be there any more: that does not change the exit code."""
    found: TextIO | None = sys.stdout
    try:
        if found is not None:  # it was closed before we were started
            found.flush()
    except (OSError, ValueError):
        # Python would try again when it ends, and exit with 120.
        sys.stdout = None
