"""What the page is sent while tills pay: no key, code, card, track, token or authorisation."""

import pytest

from ips_simulator import Simulator
from scenario_till import Till
from sim_helpers import till
from stompws.errors import LinkError
from test_page_server import watching
from worldpay_ips import PaymentApi, PointOfSaleRegistrationRequest

SCENARIOS = (
    "approved", "approved-token", "keyed-recovery", "referral-approved", "signature-accepted",
)  # fmt: skip
SECRETS = (
    "492949XXXXXX0002", "1234567890123445", "1234AA", "AB12", "A1B2C3D4E5F6G7H",
    "532931432DB44ABB5", "422800", "99011200XXXX00000000",
)  # fmt: skip


def test_no_secret_of_any_conversation_reaches_the_page() -> None:
    """A page that is open meanwhile, and one that is opened later, are both told none."""
    with Simulator(page=True) as simulator, watching(simulator) as (page, _):
        code = simulator.issue_activation_code()
        request = PointOfSaleRegistrationRequest(
            point_of_sale_id="D45FGT", point_of_sale_reference="POS123",
            point_of_sale_activation_code=code,
        )  # fmt: skip
        registered = PaymentApi(simulator.server()).register_point_of_sale(request)
        key = registered.point_of_sale_license_key
        renewed = PaymentApi(simulator.server(), license_key=key).refresh_registration()
        for name in SCENARIOS:
            simulator.next_payment(name)
            Till(simulator, till(simulator)).do(simulator.library.get(name).expect[0])
        with pytest.raises(LinkError):
            PaymentApi(simulator.server(), license_key=f"{key}x").service_status()
        while '"Refused: ' not in page.said and "INST001: Refused: " not in page.said:
            page.next()
        with watching(simulator) as (late, _):
            said = page.said + late.said
    secrets = [
        *SECRETS, code, key, renewed.point_of_sale_license_key, simulator.license_key,
    ]  # fmt: skip
    # Long headers are cut when shown: the start of a key is a leak too.
    assert [secret[:4] for secret in secrets if secret[:24] in said] == []
    assert "0002" in late.said  # four digits may be seen
    assert all(f'"scenario": "{name}"' in page.said for name in SCENARIOS)
