"""Registering: the activation code works once, so it is sent once and its key is not lost."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from ips_simulator import Simulator
from ips_simulator.faults import Fault, FaultKind
from ips_till.errors import ConfigurationError, OutcomeUnknownError
from ips_till.keys import KeyFile, ReadOnlyKey, fingerprint
from ips_till.registering import (
    KeyRefusedError,
    RegistrationRefusedError,
    RegistrationUnknownError,
    refresh,
    register,
    settle_pending,
)
from key_helpers import PROMPT, connects, put
from stompws.client import ClientOptions, Deadlines, Secret
from stompws.errors import LinkError, NotSentError


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "till.key")


def registered(simulator: Simulator, file: KeyFile, code: Secret | None = None) -> str:
    return register(
        simulator.server(),
        point_of_sale_id="D45FGT",
        point_of_sale_reference="POS123",
        activation_code=simulator.activation_code if code is None else code,
        store=file,
        options=PROMPT,
    )


def test_a_code_becomes_a_key_that_works(file: KeyFile, caplog: pytest.LogCaptureFixture) -> None:
    """Only its fingerprint is shown, at every log level."""
    caplog.set_level(logging.DEBUG, logger="stompws")
    caplog.set_level(logging.DEBUG, logger="ips_till")
    with Simulator() as simulator:
        shown = registered(simulator, file, lambda: simulator.activation_code)
        assert shown == fingerprint(file.current())
        assert file.pending() is None
        assert connects(simulator, file.current())
        assert file.current() not in caplog.text
        assert simulator.activation_code not in caplog.text


def test_a_used_code_is_refused_and_nothing_is_stored(file: KeyFile) -> None:
    """The text tells where a new one comes from, and quotes none."""
    with Simulator() as simulator:
        registered(simulator, file)
        kept = file.current()
        with pytest.raises(RegistrationRefusedError, match="new activation code") as caught:
            registered(simulator, file)
        assert caught.value.code == "90031"
        assert (file.current(), file.pending()) == (kept, None)
        error = caught.value
        shown = f"{error!r} {error} {error.args} {error.__cause__!r} {vars(error)}"
        assert simulator.activation_code not in shown
        assert error.__context__ is None


def test_a_second_registration_keeps_the_old_key_until_the_new_one_connected(
    file: KeyFile,
) -> None:
    """An expired key is replaced; a pending one that led nowhere too."""
    with Simulator() as simulator:
        put(file, simulator.issue_license_key(timedelta(days=-1)))
        file.offer(simulator.issue_license_key(timedelta(days=-1)))
        with pytest.raises(KeyRefusedError):
            settle_pending(simulator.server(), file, options=PROMPT)
        registered(simulator, file)
        assert file.pending() is None
        assert connects(simulator, file.current())


@pytest.mark.parametrize(
    ("pos_id", "reference", "code"),
    [
        ("short", "POS123", "ABCDEFGH"),
        ("D45FGT", "POS 123", "ABCDEFGH"),
        ("D45FGT", "POS123", "zebra!"),
    ],
)
def test_what_cannot_be_a_registration_is_not_sent(
    file: KeyFile, pos_id: str, reference: str, code: str
) -> None:
    """And the code is not quoted."""
    with Simulator() as simulator:
        with pytest.raises(ConfigurationError) as caught:
            register(
                simulator.server(),
                point_of_sale_id=pos_id,
                point_of_sale_reference=reference,
                activation_code=code,
                store=file,
            )
        assert "zebra" not in f"{caught.value!r} {caught.value.__cause__!r}"
        registered(simulator, file)


def test_a_code_is_not_spent_on_a_store_that_cannot_keep_the_key(tmp_path: Path) -> None:
    """The store is tried first, and the code is still good."""
    with Simulator() as simulator:
        nowhere = KeyFile(tmp_path / "nowhere" / "till.key")
        with pytest.raises(ConfigurationError):
            registered(simulator, nowhere)
        with pytest.raises(ConfigurationError):
            register(
                simulator.server(),
                point_of_sale_id="D45FGT",
                point_of_sale_reference="POS123",
                activation_code=simulator.activation_code,
                store=ReadOnlyKey("a.license.key"),
            )
        registered(simulator, KeyFile(tmp_path / "till.key"))


def test_without_a_connection_the_code_is_still_good(file: KeyFile) -> None:
    """Nothing left: it may be tried again."""
    with Simulator() as simulator:
        server = simulator.server()
    with pytest.raises(NotSentError):
        register(
            server,
            point_of_sale_id="D45FGT",
            point_of_sale_reference="POS123",
            activation_code="ABCDEFGH",
            store=file,
            options=PROMPT,
        )
    assert file.pending() is None


@pytest.mark.parametrize("kind", ["drop", "mute", "corrupt", "foreign-correlation-id"])
def test_when_no_key_comes_back_the_code_is_gone(file: KeyFile, kind: str) -> None:
    """It was sent, once. The text says where a new code comes from; nothing can be recovered."""
    quick = ClientOptions(deadlines=Deadlines(first_event=0.5, between_events=0.5, total=2))
    place = "/client/v1/pos/registration"
    with Simulator() as simulator:
        simulator.inject("INST001", Fault(kind=FaultKind(kind), destination=place))
        with pytest.raises(RegistrationUnknownError, match="new activation code") as caught:
            register(
                simulator.server(),
                point_of_sale_id="D45FGT",
                point_of_sale_reference="POS123",
                activation_code=simulator.activation_code,
                store=file,
                options=quick,
            )
        assert isinstance(caught.value, OutcomeUnknownError)
        with pytest.raises(ConfigurationError, match="new activation code"):
            caught.value.recover()
        assert file.pending() is None
        assert caught.value.__context__ is None
        shown = f"{caught.value!r} {caught.value} {vars(caught.value)}"
        assert simulator.activation_code not in shown
        with pytest.raises(RegistrationRefusedError):  # the simulator knows: it was used
            registered(simulator, file)


@pytest.mark.criterion("AC50")
@pytest.mark.parametrize("kind", ["drop", "corrupt"])
def test_a_lost_reply_to_a_refresh_leaves_the_old_key(file: KeyFile, kind: str) -> None:
    """A refresh may be repeated."""
    fault = Fault(kind=FaultKind(kind), destination="/client/v1/pos/registration/refresh")
    with Simulator() as simulator:
        put(file, simulator.license_key)
        simulator.inject("INST001", fault)
        with pytest.raises(LinkError):
            refresh(simulator.server(), file, options=PROMPT)
        assert (file.current(), file.pending()) == (simulator.license_key, None)
        refresh(simulator.server(), file, options=PROMPT)
        assert connects(simulator, file.current())


@pytest.mark.criterion("AC50")
def test_a_first_registration_that_was_cut_short_has_its_key(file: KeyFile) -> None:
    """The crash was between storing the key and promoting it: there is no other, so it is used."""
    with Simulator() as simulator:
        file.offer(simulator.license_key)
        assert file.current() == simulator.license_key
        assert settle_pending(simulator.server(), file, options=PROMPT) is True
        assert (file.current(), file.pending()) == (simulator.license_key, None)


def test_the_only_key_is_not_given_up(file: KeyFile) -> None:
    """The service turns it away, and there is no other: perhaps the service is not itself."""
    with Simulator() as simulator:
        only = simulator.issue_license_key(timedelta(days=-1))
        file.offer(only)
        with pytest.raises(KeyRefusedError):
            settle_pending(simulator.server(), file, options=PROMPT)
        assert file.pending() == only
        registered(simulator, file)
        assert connects(simulator, file.current())
