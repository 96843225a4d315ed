"""`till show`: a flight recording as a timeline, a page, or a recording for the simulator."""

import os
from pathlib import Path

from ..flight import FlightError, read_flight, render_timeline, to_html, to_simulator_recording
from .codes import Code, CommandError
from .options import DEFAULT, Options
from .speaking import speaker


def show(
    file: Path,
    /,
    *,
    html: Path | None = None,
    recording: Path | None = None,
    options: Options = DEFAULT,
) -> int:
    """Show the flight recording of a payment as a timeline. It holds no card data.

    Args:
        file: What was written into the folder IPS_TILL_FLIGHT_FOLDER.
        html: Write a page into this new file instead.
        recording: Write a recording into this new file instead: ips-simulator replay plays it.
        options: Of all commands.
    """
    voice = speaker(as_json=options.as_json)
    try:
        flight = read_flight(file)
    except FlightError as exc:
        raise CommandError(str(exc)) from None
    except OSError as exc:
        raise CommandError(f"{file}: {exc.strerror or 'it cannot be read'}") from None
    if html is None and recording is None:
        voice.tell("flight", render_timeline(flight), file=str(file), ended=flight.ended)
    if html is not None:
        _write(html, to_html(flight))
        voice.tell("written", f"Written: {html}", file=str(html))
    if recording is not None:
        _write(recording, to_simulator_recording(flight))
        voice.tell("written", f"Written: {recording}", file=str(recording))
    return Code.DONE


def _write(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CommandError(f"{path}: there is such a file, and none is overwritten") from None
    except OSError as exc:
        raise CommandError(f"{path}: {exc.strerror or 'it cannot be written'}") from None
