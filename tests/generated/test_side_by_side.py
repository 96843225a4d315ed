"""Bindings of two API versions live in one process; the second one is an invented example."""

import json
import tomllib
from pathlib import Path

import pytest

import worldpay_ips
import worldpay_ips_4_0_5
from stompgen.cli import main
from stompws.codec import Codec
from stompws.errors import DecodeError

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec" / "ips-payment-4.0.1.yaml"
REVISION = ROOT / "spec" / "examples" / "ips-payment-4.0.5-invented.yaml"
STATUS = '{"status": "connected", "paymentDevice": {"deviceSerialNumber": "A1"}}'
SETTLEMENT = json.dumps(
    {
        "merchantTransactionReference": "MS1",
        "gatewayTransactionReference": "1234567890AB",
        "paymentInstrument": {
            "type": "card",
            "cardNumber": "492949XXXXXX0002",
            "cardExpiryDate": {"month": 12, "year": 20},
        },
    }
)


def test_both_versions_say_which_they_are() -> None:
    """The default is the documented version; the other is marked as invented."""
    assert worldpay_ips.API_VERSION == "4.0.1"
    assert worldpay_ips_4_0_5.API_VERSION == "4.0.5-invented"
    assert "INVENTED" in (worldpay_ips_4_0_5.__doc__ or "")


def test_classes_of_one_version_are_not_those_of_the_other() -> None:
    """The same name is two classes, with the attributes of their versions."""
    old, new = worldpay_ips.PaymentDevice, worldpay_ips_4_0_5.PaymentDevice
    assert old is not new
    assert old(serial_number="A1") != new(device_serial_number="A1")


def test_each_decodes_as_its_document_says() -> None:
    """One codec serves both; what one requires, the other lets go."""
    codec = Codec([worldpay_ips.DeviceStatus, worldpay_ips_4_0_5.DeviceStatus])
    old = codec.decode(worldpay_ips.DeviceStatus, STATUS)
    new = codec.decode(worldpay_ips_4_0_5.DeviceStatus, STATUS)
    assert old.payment_device is not None
    assert new.payment_device is not None
    assert old.payment_device.serial_number is None
    assert old.payment_device.unknown_fields == {"deviceSerialNumber": "A1"}
    assert new.payment_device.device_serial_number == "A1"
    codec = Codec([worldpay_ips.PaymentSettlement, worldpay_ips_4_0_5.PaymentSettlement])
    assert codec.decode(worldpay_ips.PaymentSettlement, SETTLEMENT).value is None
    with pytest.raises(DecodeError):
        codec.decode(worldpay_ips_4_0_5.PaymentSettlement, SETTLEMENT)


def test_the_example_is_what_its_document_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Code and migration page are current, as `nox -s generate -- --check` sees it."""
    revised = str(tmp_path / "ips-payment-4.0.5-invented.json")
    page = str(ROOT / "docs" / "migration-4.0.1-to-4.0.5-invented.md")
    packages = ["--old-package", "worldpay_ips", "--new-package", "worldpay_ips_4_0_5"]
    into = ["--out", str(ROOT / "generated"), "--package", "worldpay_ips_4_0_5"]
    assert main(["revise", str(SPEC), str(REVISION), "--out", revised]) == 0
    assert main(["validate", revised]) == 0
    assert main(["generate", revised, *into, "--check"]) == 0
    assert main(["migrate", str(SPEC), revised, *packages, "--out", page, "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_changelog_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """The bindings' open entry is what changed since the last release."""
    into = ["--out", str(ROOT / "generated"), "--package", "worldpay_ips"]
    assert main(["changelog", str(SPEC), *into, "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_example_is_not_installed() -> None:
    """The wheel holds the documented version only; its version is that of the bindings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert [name for name in packages if "worldpay_ips" in name] == ["generated/worldpay_ips"]
    released = json.loads((ROOT / "generated" / "worldpay_ips.released.json").read_text("utf-8"))
    assert released["bindings"] == project["project"]["version"]
