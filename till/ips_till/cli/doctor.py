"""`till doctor`: what is checked, and what it means."""

from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs
from rich.table import Table
from rich.text import Text

from stompws.errors import LinkError
from stompws.records import Record
from worldpay_ips import DeviceState, PaymentApi, ServiceState

from ..errors import ConfigurationError, TillError
from ..journals import open_journal
from ..keys import fingerprint, license_expiry
from .codes import Code
from .opening import Opening
from .options import DEFAULT, Options
from .probing import ProbeError, probe
from .speaking import speaker

_SOON: Final = timedelta(days=30)
_SKEW: Final = timedelta(seconds=60)
_EPOCH: Final = datetime.fromtimestamp(0, UTC)


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


_STYLES: Final = {
    State.OK: "green",
    State.WARNING: "yellow",
    State.FAILED: "bold red",
    State.SKIPPED: "dim",
}


@attrs.frozen
class Finding(Record):
    """One line of the table."""

    check: str
    state: State
    text: str
    advice: str = ""
    code: Code = Code.LINK
    """The exit code, when it failed."""


def doctor(*, options: Options = DEFAULT) -> int:
    """Check settings, link, clock, license, service, PIN pad and journal. It charges nothing.

    The exit code is that of the first thing that is wrong; warnings alone are 0.
    """
    voice = speaker(as_json=options.as_json)
    findings: list[Finding] = []
    voice.status("Checking …")
    for finding in _check(options):
        findings.append(finding)
        voice.status(f"Checking … {finding.check}")
        voice.tell(
            "check",
            None,
            check=finding.check,
            state=finding.state.value,
            message=finding.text,
            advice=finding.advice,
        )
    voice.status(None)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, show_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in findings:
        text = f"{one.text} {one.advice}".rstrip()
        table.add_row(one.check, Text(one.state.value, _STYLES[one.state]), Text(text))
    voice.say(table)
    failed = [one for one in findings if one.state is State.FAILED]
    code = failed[0].code if failed else Code.DONE
    voice.tell("diagnosis", None, failed=[one.check for one in failed], exit_code=int(code))
    return code


def _check(options: Options) -> Iterator[Finding]:
    try:
        opening = Opening.read(options, needs_key=False)
    except ConfigurationError as exc:
        yield Finding("settings", State.FAILED, str(exc), code=Code.CONFIGURATION)
        return
    yield Finding("settings", State.OK, f"{opening.environment.server.url}")
    yield from _link(opening)
    licensed = yield from _license(opening)
    yield from _service(opening, licensed=licensed)
    yield from _journal(opening)


def _link(opening: Opening) -> Iterator[Finding]:
    url, tls = opening.environment.server.url, opening.environment.tls
    if url.startswith("ws://"):
        yield Finding("TLS", State.WARNING, "Not encrypted.", "For tests on this machine only.")
        return
    try:
        found = probe(url, tls)
    except (ProbeError, LinkError) as exc:
        yield Finding("TLS", State.FAILED, _sentence(exc))
        return
    yield _certificate(found.version, found.valid_until)
    if found.their_time is None:
        yield Finding("clock", State.SKIPPED, "The service does not tell its time.")
        return
    skew = datetime.now(UTC) - found.their_time
    seconds = round(abs(skew).total_seconds())
    if abs(skew) <= _SKEW:
        yield Finding("clock", State.OK, f"Within {max(seconds, 1)} s of the service's.")
        return
    side = "ahead of" if skew > timedelta(0) else "behind"
    yield Finding(
        "clock",
        State.WARNING,
        f"This machine is {seconds} s {side} the service.",
        "Set one of the clocks; certificates and licenses are judged by them.",
    )


def _certificate(version: str, until: datetime | None) -> Finding:
    if until is None:
        return Finding("TLS", State.OK, f"{version}, the certificate is the pinned one.")
    text = f"{version}, certificate valid until {until.astimezone():%Y-%m-%d}."
    if until - datetime.now(UTC) < _SOON:
        return Finding("TLS", State.WARNING, text, "Have it renewed.")
    return Finding("TLS", State.OK, text)


def _license(opening: Opening) -> Generator[Finding, None, bool]:
    try:
        key = opening.environment.key.current()
    except ConfigurationError as exc:
        yield Finding(
            "license",
            State.FAILED,
            _sentence(exc),
            "Register: till register",
            code=Code.CONFIGURATION,
        )
        return False
    until = license_expiry(key)
    if until is None:
        text = f"{fingerprint(key)}; it does not say how long it is valid."
        yield Finding("license", State.OK, text)
        return True
    text = f"{fingerprint(key)}, valid until {until.astimezone():%Y-%m-%d %H:%M}."
    left = until - datetime.now(UTC)
    if left <= timedelta(0):
        yield Finding(
            "license",
            State.FAILED,
            text,
            "It is over: till refresh, or register again.",
            code=Code.CONFIGURATION,
        )
    elif left < _SOON:
        yield Finding("license", State.WARNING, text, "Renew it: till refresh")
    else:
        yield Finding("license", State.OK, text)
    return True


def _service(opening: Opening, *, licensed: bool) -> Iterator[Finding]:
    if not licensed:
        yield Finding("service", State.SKIPPED, "Not asked: there is no license key.")
        yield Finding("PIN pad", State.SKIPPED, "Not asked.")
        return
    found = opening.environment
    api = PaymentApi(found.server, license_key=found.key.current, options=opening.client_options)
    deadlines = found.settings.request_deadlines
    try:
        service = api.service_status(deadlines=deadlines).status
    except LinkError as exc:
        yield Finding("service", State.FAILED, _sentence(exc))
        yield Finding("PIN pad", State.SKIPPED, "Not asked.")
        return
    if service == ServiceState.NOT_BUSY:
        yield Finding("service", State.OK, "It answers and is not busy.")
    else:
        yield Finding("service", State.WARNING, f"It answers: {service.value}.", "Wait.")
    try:
        device = api.device_status(deadlines=deadlines).status
    except LinkError as exc:
        yield Finding("PIN pad", State.FAILED, _sentence(exc))
        return
    if device == DeviceState.CONNECTED:
        yield Finding("PIN pad", State.OK, "Connected.")
    else:
        advice = "Check its power and cable, then: till restart"
        yield Finding("PIN pad", State.FAILED, f"{device.value}.", advice)


def _journal(opening: Opening) -> Iterator[Finding]:
    paypoint = opening.paypoint_id
    try:
        journal = open_journal(opening.environment.journal)
    except TillError as exc:
        yield Finding("journal", State.FAILED, _sentence(exc), code=Code.JOURNAL)
        return
    try:
        journal.purge(before=_EPOCH)  # writes, and forgets nothing
        left = journal.unresolved(paypoint)
    except TillError as exc:
        yield Finding("journal", State.FAILED, _sentence(exc), code=Code.JOURNAL)
        return
    finally:
        journal.close()
    yield Finding("journal", State.OK, "It can be written.")
    if not left:
        yield Finding("unresolved", State.OK, f"No payment is unresolved on {paypoint}.")
        return
    person = any(entry.needs_person for entry in left)
    yield Finding(
        "unresolved",
        State.FAILED,
        f"{', '.join(entry.reference for entry in left)}: the outcome is not known.",
        "A person must decide: till journal show, till journal decide"
        if person
        else "Find out: till recover",
        code=Code.UNRESOLVED,
    )


def _sentence(error: Exception) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", ")")) else ".")
