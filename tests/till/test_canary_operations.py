"""Every operation at a hostile service, by threads and by asyncio: nothing is shown or stored."""

import asyncio
import io
from pathlib import Path

import pytest

from canaries import ACTIVATION, KEY, OTHER_KEY, TOKEN, Watch
from hunting import HANDLE, look_at_files
from ips_simulator import Recorder, Simulator
from ips_simulator.replay import Replay
from ips_till.actions import Policy
from ips_till.async_till import AsyncTill
from ips_till.errors import ConfigurationError, TillError
from ips_till.flight import FlightRecorder
from ips_till.journals.postgres import PostgresJournal
from ips_till.key_file import KeyFile
from ips_till.registering import refresh, register
from ips_till.till import Till
from poison import Body, poison, poisoned
from stompws.trace import Trace
from worldpay_ips import ClientOptions, PaymentApi, PointOfSaleRegistrationRequest, TokenPurpose


@pytest.fixture(scope="module")
def good():
    with Simulator() as running:
        yield running


def operate(watch: Watch, simulator: Simulator, folder: Path, key: str, code: str) -> None:
    """Do everything that a till can, once."""
    trace = io.StringIO()
    options = ClientOptions(trace=Trace(trace), on_stray=watch.look, on_problem=watch.look)
    with Till(
        simulator.server(), license_key=key, journal=folder / "journal.sqlite", options=options,
        on_action=Policy.DECLINE, observe=FlightRecorder(folder / "flights"),
    ) as till:  # fmt: skip
        api = PaymentApi(simulator.server(), license_key=key, options=options)
        request = registration(code)
        watch.look(request, api.register_point_of_sale(request), api.refresh_registration())
        watch.look(till.device_status(), till.service_status(), till.offline_report())

        def sell(payment):
            with payment:
                watch.look(payment, *payment)
            watch.look(payment.outcome, payment.outcome.what_to_do)
            return payment.outcome

        sale = sell(till.sale(1099))
        watch.look(till.cancel(sale.reference))
        watch.look(till.settle(sell(till.pre_auth(8000)).reference, 5000))
        sell(till.sale(500, token=TOKEN, token_purpose=TokenPurpose.UNSCHEDULED))
        sell(till.refund(700))
        sell(till.check_card())
        sell(till.verify_account(token_purpose=TokenPurpose.RECURRING))
        watch.look(till.x_report(), till.z_report(), till.restart(), till.recover())
        for entry in till.journal.latest(100):
            watch.look(entry, till.journal.find(entry.reference))
    watch.text("trace", trace.getvalue())


def test_every_operation_keeps_its_secrets(good: Simulator, tmp_path: Path) -> None:
    """Registration to Z report: frames, reprs, journal, flights, the simulator's recording."""
    for folder in ("good", "shop"):
        (tmp_path / folder).mkdir()
    with Recorder(good, tmp_path / "good.jsonl"):
        operate(Watch(), good, tmp_path / "good", good.license_key, good.issue_activation_code())
    replay = Replay(poisoned(tmp_path / "good.jsonl"), fast=True)
    with Watch() as watch, Simulator(replay=replay) as hostile:
        with Recorder(hostile, tmp_path / "shop" / "simulator.jsonl"):
            operate(watch, hostile, tmp_path / "shop", KEY, ACTIVATION)
        assert replay.left == ()
    look_at_files(watch, tmp_path / "shop")
    assert len(list((tmp_path / "shop" / "flights").iterdir())) == 10
    assert watch.found(but=[HANDLE]) == []
    assert {hit.split(" in ")[1] for hit in watch.found()} == {"file .sqlite"}


def test_an_asyncio_till_keeps_its_secrets(good: Simulator, tmp_path: Path) -> None:
    """The other driver and the other player: the same words, the same silence."""

    async def sell(watch: Watch, simulator: Simulator, folder: Path, key: str) -> None:
        trace = io.StringIO()
        options = ClientOptions(trace=Trace(trace), on_stray=watch.look, on_problem=watch.look)
        async with AsyncTill(
            simulator.server(), license_key=key, journal=folder / "journal.sqlite",
            options=options, on_action="decline", observe=FlightRecorder(folder / "flights"),
        ) as till:  # fmt: skip
            watch.look(till)
            async with till.sale(1099) as payment:
                watch.look(payment)
                async for event in payment:
                    watch.look(event)
            watch.look(payment.outcome, await till.cancel(payment.outcome))
            watch.look(await till.x_report())
        watch.text("trace", trace.getvalue())

    for folder in ("good", "shop"):
        (tmp_path / folder).mkdir()
    with Recorder(good, tmp_path / "good.jsonl"):
        asyncio.run(sell(Watch(), good, tmp_path / "good", good.license_key))
    with Watch() as watch, Simulator(replay=Replay(poisoned(tmp_path / "good.jsonl"))) as hostile:
        asyncio.run(sell(watch, hostile, tmp_path / "shop", KEY))
    look_at_files(watch, tmp_path / "shop")
    assert watch.found(but=[HANDLE]) == []


def test_registering_and_renewing_keep_the_keys(good: Simulator, tmp_path: Path) -> None:
    """The activation code and both keys are in the key's files, 0600, and nowhere else."""
    shop, other = OTHER_KEY, good.license_key
    replies = iter([KEY, shop])

    def change(body: Body) -> Body:
        named = "pointOfSaleLicenseKey" in body
        return {**poison(body), **({"pointOfSaleLicenseKey": next(replies)} if named else {})}

    with Recorder(good, tmp_path / "good.jsonl"):
        code = good.issue_activation_code()
        api = PaymentApi(good.server(), license_key=other)
        api.register_point_of_sale(registration(code))
        api.refresh_registration()
        api.service_status()
    replay = Replay(poisoned(tmp_path / "good.jsonl", change), fast=True)
    with Watch([shop[:20], shop[-20:]]) as watch, Simulator(replay=replay) as hostile:
        (tmp_path / "keys").mkdir(mode=0o700)
        store = KeyFile(tmp_path / "keys" / "key")
        trace = io.StringIO()
        options = ClientOptions(trace=Trace(trace))
        shown = register(
            hostile.server(), point_of_sale_id="D45FGT", point_of_sale_reference="POS123",
            activation_code=ACTIVATION, store=store, options=options,
        )  # fmt: skip
        assert store.current() == KEY
        watch.look(store, shown, refresh(hostile.server(), store, options=options))
        assert store.current() == shop
        with pytest.raises(TillError) as caught:
            register(
                hostile.server(), point_of_sale_id="D45FGT", point_of_sale_reference="POS123",
                activation_code=ACTIVATION, store=store, options=options,
            )  # fmt: skip
        watch.look_at(caught.value)
        for text in ("", f"{KEY} {KEY}", f"{KEY}\n{KEY}"):
            (tmp_path / "keys" / "bad").write_text(text)
            (tmp_path / "keys" / "bad").chmod(0o600)
            with pytest.raises(ConfigurationError) as caught_too:
                KeyFile(tmp_path / "keys" / "bad").current()
            watch.look_at(caught_too.value)
    watch.text("trace", trace.getvalue())
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "keys").iterdir()} == {0}
    assert watch.found() == []


def registration(code: str) -> PointOfSaleRegistrationRequest:
    return PointOfSaleRegistrationRequest(
        point_of_sale_id="D45FGT",
        point_of_sale_reference="POS123",
        point_of_sale_activation_code=code,
    )


def test_the_password_of_a_database_is_not_shown() -> None:
    """An address that names nobody: error, causes, log."""
    pytest.importorskip("psycopg")
    secret = "swordfish-4711"  # noqa: S105 - of nobody
    with Watch([secret]) as watch:
        for place in ("127.0.0.1:1/x", "nowhere.invalid/x", "127.0.0.1:port/x", "/x?nonsense=1"):
            with pytest.raises(TillError) as caught:
                PostgresJournal(f"postgresql://till:{secret}@{place}", wait_seconds=0.3)
            watch.look_at(caught.value)
    assert watch.found() == []
