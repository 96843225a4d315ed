"""Activation codes and license keys."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from ips_simulator import Inventions, PointOfSale, Simulator
from ips_simulator.licences import Activation, Licences, Standing
from sim_helpers import till
from stompws.errors import ApiError, LinkError, NotSentError, RemoteRejectedError
from worldpay_ips import Error, PaymentApi, PointOfSaleRegistrationRequest


def register(simulator: Simulator, code: str, *, pos_id: str = "D45FGT") -> str:
    request = PointOfSaleRegistrationRequest(
        point_of_sale_id=pos_id,
        point_of_sale_reference="POS123",
        point_of_sale_activation_code=code,
    )
    return PaymentApi(simulator.server()).register_point_of_sale(request).point_of_sale_license_key


def test_a_key_looks_like_a_token_and_names_its_owner() -> None:
    """Three parts in base64url; the claims are those of live keys, the values are made up."""
    licences = Licences()
    pos = PointOfSale("ABC123", "TILL1")
    key = licences.issue_key(pos)
    head, claims = (json.loads(_decoded(part)) for part in key.split(".")[:2])
    assert head == {"alg": "HS256", "typ": "JWT"}
    assert (claims["pdposid"], claims["pdposref"]) == ("ABC123", "TILL1")
    assert claims["exp"] - claims["iat"] == 365 * 24 * 3600
    assert licences.point_of_sale(key) == pos


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_standing_of_keys() -> None:
    """Valid is only what this simulator issued, unchanged, and in time."""
    licences = Licences()
    key = licences.issue_key(PointOfSale())
    assert licences.check_key(key) is Standing.VALID
    assert licences.check_key(None) is Standing.MISSING
    assert licences.check_key("") is Standing.MISSING
    assert licences.check_key("not a key") is Standing.UNKNOWN
    assert licences.check_key("ä.ö.ü") is Standing.UNKNOWN
    assert licences.check_key(key[:-2] + "xx") is Standing.UNKNOWN
    assert licences.check_key(Licences().issue_key(PointOfSale())) is Standing.UNKNOWN
    old = licences.issue_key(PointOfSale(), timedelta(seconds=-1))
    assert licences.check_key(old) is Standing.EXPIRED


def test_keys_and_codes_are_not_shown() -> None:
    """A `repr` ends up in logs."""
    licences = Licences()
    key = licences.issue_key(PointOfSale())
    code = licences.issue_activation_code(PointOfSale())
    assert key not in repr(licences)
    assert code not in repr(licences)


def test_a_code_belongs_to_one_point_of_sale_and_works_once() -> None:
    """A wrong owner does not use the code up."""
    licences = Licences()
    pos = PointOfSale()
    code = licences.issue_activation_code(pos)
    assert licences.activate(PointOfSale("XXXXXX", "POS123"), code) is Activation.UNKNOWN
    assert licences.activate(pos, "ABCDEFGH") is Activation.UNKNOWN
    assert licences.activate(pos, code) is Activation.FRESH
    assert licences.activate(pos, code) is Activation.USED


def test_registration_delivers_a_key_that_works(simulator: Simulator) -> None:
    """The reply's license key authenticates the next connection."""
    key = register(simulator, simulator.activation_code)
    assert PaymentApi(simulator.server(), license_key=key).service_status().status == "not-busy"


def test_a_used_code_is_refused(simulator: Simulator) -> None:
    """A code works once; the error is invented and says so."""
    register(simulator, simulator.activation_code)
    with pytest.raises(ApiError) as caught:
        register(simulator, simulator.activation_code)
    assert isinstance(caught.value.payload, Error)
    assert caught.value.payload.message == "[invented] the activation code has been used"
    assert [refusal.code for refusal in simulator.refusals] == ["90031"]


def test_a_foreign_code_is_refused(simulator: Simulator) -> None:
    """A code that was issued to another point of sale does not work, and stays good for it."""
    with pytest.raises(ApiError):
        register(simulator, simulator.activation_code, pos_id="XXXXXX")
    with pytest.raises(ApiError):
        register(simulator, "ABCDEFGH")
    assert register(simulator, simulator.activation_code)


def test_further_codes_can_be_issued(simulator: Simulator) -> None:
    """A till can be registered again with a new code."""
    register(simulator, simulator.activation_code)
    assert register(simulator, simulator.issue_activation_code())


def test_refresh_issues_a_new_key(simulator: Simulator, api: PaymentApi) -> None:
    """Both keys work afterwards; that the old one does is invented."""
    key = api.refresh_registration().point_of_sale_license_key
    assert key != simulator.license_key
    assert PaymentApi(simulator.server(), license_key=key).service_status()
    assert api.service_status()


def test_refresh_can_end_the_old_key() -> None:
    """The other possibility is a switch."""
    with Simulator(inventions=Inventions(keys_survive_refresh=False)) as simulator:
        api = till(simulator)
        key = api.refresh_registration().point_of_sale_license_key
        assert PaymentApi(simulator.server(), license_key=key).service_status()
        with pytest.raises(NotSentError):
            api.service_status()


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda _: "not-a-key", "[invented] the license key is not valid"),
        (
            lambda simulator: simulator.issue_license_key(timedelta(seconds=-1)),
            "[invented] the license key has expired",
        ),
    ],
)
def test_a_bad_key_is_refused_at_connect(
    simulator: Simulator, make: Callable[[Simulator], str], text: str
) -> None:
    """How a bad key fails is not known. Here CONNECT is answered with ERROR, and nothing left."""
    key = make(simulator)
    with pytest.raises(LinkError) as caught:
        PaymentApi(simulator.server(), license_key=key).service_status()
    assert isinstance(caught.value, NotSentError)
    assert isinstance(caught.value.reason, RemoteRejectedError)
    assert text in caught.value.reason.server_message
    assert key not in str(caught.value)
