"""Card data and keys, pushed through every public path, are seen nowhere.

The canaries are the documentation's own card values, and a license key and activation code that
work. They travel as they must, inside messages; they may not appear in a log at any level, in a
`repr`, in the text, args or cause of an exception, in a trace, or in what is printed.
"""

import contextlib
import io
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from ips_simulator import Behaviour, Hold, Simulator, Step
from sim_helpers import cancel, pay, settle
from stompws.trace import Trace
from worldpay_ips import (
    CardToken,
    ClientOptions,
    Deadlines,
    Instruction,
    LinkError,
    OnPremise,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentReceiptQuery,
    PaymentRequest,
    PaymentResultQuery,
    PaymentType,
    PointOfSaleRegistrationRequest,
    ReceiptType,
    RequestValue,
    VoiceAuthorisationDone,
)

ON_FILE = "A1B2C3D4E5F6G7H"
AUTHORISATION = "QZ77XY"
# Named, and not written where they are used: a traceback quotes the lines of this file.
CARD = (
    "492949XXXXXX0002",
    "1234567890123445",
    "99011200XXXX00000000",
    "532931432DB44ABB5",
    "422800",
    ON_FILE,
    AUTHORISATION,
)


class Watch:
    """Everything that could be seen."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.secrets = [*CARD, simulator.license_key, simulator.activation_code]
        self.seen: list[str] = []
        self.log = io.StringIO()
        self.trace = io.StringIO()

    def look(self, *things: object) -> None:
        """Look at values as a log or a debugger would."""
        for thing in things:
            self.seen += [repr(thing), str(thing), f"{thing}"]

    def look_at(self, error: BaseException | None) -> None:
        """Look at an exception and at all that led to it."""
        while error is not None:
            self.look(error, error.args, vars(error) if hasattr(error, "__dict__") else "")
            self.seen += traceback.format_exception(error, chain=True)
            error = error.__cause__ or error.__context__

    def found(self) -> list[str]:
        """The secrets that were seen, by a harmless name."""
        everything = "\n".join([*self.seen, self.log.getvalue(), self.trace.getvalue()])
        return [f"{secret[:4]}…" for secret in self.secrets if secret in everything]


@pytest.fixture
def watch(simulator: Simulator) -> Iterator[Watch]:
    """Log everything at the lowest level."""
    watch = Watch(simulator)
    handler = logging.StreamHandler(watch.log)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(exc_info)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(1)
    yield watch
    root.removeHandler(handler)
    root.setLevel(level)


def till(watch: Watch, **more: Any) -> PaymentApi:
    options = ClientOptions(trace=Trace(watch.trace), **more)
    server, key = watch.simulator.server(), watch.simulator.license_key
    return PaymentApi(server, license_key=key, options=options)


def token_sale() -> PaymentRequest:
    return PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference="M1",
        instruction=Instruction(
            value=RequestValue(amount=1099),
            payment_instrument=CardToken(token_id=ON_FILE),
        ),
    )


def test_the_canary_is_seen_where_it_is_shown(watch: Watch) -> None:
    """The watch works: a log line and a `repr` with a secret are found."""
    logging.getLogger("stompws.somewhere").debug("key %s", watch.simulator.license_key)
    watch.look("492949XXXXXX0002")
    assert watch.found() == ["4929…", watch.simulator.license_key[:4] + "…"]


def test_every_operation_keeps_its_secrets(watch: Watch) -> None:
    """Requests, replies, events, conversations and clients, in passing and in `repr`."""
    simulator, api = watch.simulator, till(watch)
    registration = PointOfSaleRegistrationRequest(
        point_of_sale_id="D45FGT",
        point_of_sale_reference="POS123",
        point_of_sale_activation_code=simulator.activation_code,
    )
    registered = api.register_point_of_sale(registration)
    refreshed = api.refresh_registration()
    watch.secrets += [registered.point_of_sale_license_key, refreshed.point_of_sale_license_key]
    sale = pay(api, PaymentType.SALE, 1099)
    cancel(api, sale)
    settle(api, pay(api, PaymentType.PRE_AUTH, 1099))
    watch.look(registration, registered, refreshed, sale, sale.payment_instrument, token_sale())
    query = PaymentReceiptQuery(merchant_transaction_reference="M1", type=ReceiptType.CUSTOMER)
    pay(api, PaymentType.SALE, 1099)
    watch.look(api.query_payment_result(PaymentResultQuery(merchant_transaction_reference="M1")))
    with api.query_payment_receipt(query) as receipts:
        for event in receipts:
            watch.secrets.append(event.payload.content)
            watch.look(receipts, event, event.payload)
    simulator.next_payment(Behaviour(actions=["voice-authorisation"]))
    with api.start_payment(token_sale()) as payment:
        for event in payment:
            watch.look(event, event.payload, payment)
            if isinstance(event.payload, PaymentActionRequired):
                done = VoiceAuthorisationDone(authorisation_code=AUTHORISATION)
                answer = PaymentActionDone(merchant_transaction_reference="M1", data=done)
                watch.look(answer)
                payment.confirm_payment_action(answer)
    watch.look(api, api.options, simulator, simulator.ledger.charges, simulator.refusals)
    assert "authorised-referral" in "".join(watch.seen)  # something was looked at
    assert watch.trace.getvalue().count("MESSAGE") > 20
    assert watch.found() == []


def test_errors_keep_secrets(watch: Watch) -> None:
    """Refusals, losses, timeouts, impossible messages: text, args, attributes, causes."""
    simulator, api = watch.simulator, till(watch)

    def fail(action: Any) -> None:
        with pytest.raises(LinkError) as caught:
            action()
        watch.look_at(caught.value)

    code = simulator.activation_code
    registration = {"point_of_sale_id": "D45FGT", "point_of_sale_reference": "POS123"}
    request = PointOfSaleRegistrationRequest(**registration, point_of_sale_activation_code=code)
    api.register_point_of_sale(request)
    fail(lambda: api.register_point_of_sale(request))  # the code is used
    fail(lambda: CardToken(token_id=ON_FILE + "!"))
    fail(lambda: VoiceAuthorisationDone(authorisation_code=AUTHORISATION + "1"))
    fail(lambda: RequestValue(amount=CARD[0]))
    key = simulator.license_key
    spoilt = f"{key[:-3]}abc"
    watch.secrets.append(spoilt)
    fail(lambda: PaymentApi(simulator.server(), license_key=spoilt).service_status())
    fail(lambda: PaymentApi(simulator.server(), license_key=f"{key}\n").service_status())
    nowhere = OnPremise(host="127.0.0.1", port=1, paypoint_id="INST001", plain=True)
    fail(lambda: PaymentApi(nowhere, license_key=key).service_status())
    for step in (Step.RECEIPTS, Step.COMPLETE):
        simulator.next_payment(Behaviour(drop_before=step))
        fail(lambda: pay(api, PaymentType.SALE, 1099))
    hold = Hold(Step.AUTHORISATION)
    simulator.next_payment(Behaviour(hold=hold))
    hasty = till(watch, deadlines=Deadlines(between_events=0.05, close=1))
    fail(lambda: pay(hasty, PaymentType.SALE, 1099))
    hold.release()
    watch.look(simulator.refusals)
    assert watch.found() == []


def test_what_cannot_be_decoded_is_not_quoted(watch: Watch) -> None:
    """A reply that does not fit is an error that names places, not values."""
    api = till(watch)
    payment = pay(api, PaymentType.SALE, 1099)
    text = api.codec.dump(payment).decode().replace('"sale"', "7").replace('"day"', '"x"')
    received = api.codec.receive(type(payment), text)
    watch.look(received, received.payload)
    with pytest.raises(LinkError) as caught:
        api.codec.decode(type(payment), text)
    watch.look_at(caught.value)
    assert watch.found() == []


def test_the_simulator_logs_nothing_of_its_frames(watch: Watch) -> None:
    """Its WebSocket library would write every frame at DEBUG level."""
    pay(till(watch), PaymentType.SALE, 1099)
    with contextlib.suppress(LinkError):
        PaymentApi(watch.simulator.server(), license_key="AV46HTR3x").service_status()
    assert "stompws" in watch.log.getvalue()  # the client's log is there, redacted
    assert "websockets" not in watch.log.getvalue()
    assert watch.found() == []
