"""Destinations, operations, conversations, servers and security are what the prose says."""

from typing import Any

import pytest

from .document import DOC, MESSAGES, OPERATIONS, at, merged

SENDS = {
    "registerPointOfSale": "/v1/pos/registration",
    "refreshRegistration": "/v1/pos/registration/refresh",
    "startPayment": "/v1/payment",
    "confirmPaymentAction": "/v1/payment/action",
    "abortPayment": "/v1/payment/abort",
    "settlePayment": "/v1/payment/settle",
    "cancelPayment": "/v1/payment/cancel",
    "queryPaymentResult": "/v1/payment/query/result",
    "queryPaymentReceipt": "/v1/payment/query/receipt",
    "requestBatchReport": "/v1/payment/report/batch",
    "requestOfflineReport": "/v1/payment/report/offline",
    "restartDevice": "/v1/device/restart",
}
RECEIVES = {
    "onPointOfSaleRegistered": "/client/v1/pos/registration",
    "onRegistrationRefreshed": "/client/v1/pos/registration/refresh",
    "onPaymentNotification": "/client/v1/payment/notification",
    "onPaymentActionRequired": "/client/v1/payment/action",
    "onPaymentReceipt": "/client/v1/payment/receipt",
    "onPaymentResult": "/client/v1/payment/result",
    "onPaymentComplete": "/client/v1/payment/complete",
    "onBatchReport": "/client/v1/payment/report/batch",
    "onOfflineReport": "/client/v1/payment/report/offline",
    "deviceStatus": "/client/v1/device/status",
    "serviceStatus": "/client/v1/service/status",
    "onDeviceRestart": "/client/v1/device/restart",
    "onError": "/client/v1/error",
}
UNAUTHENTICATED = {"registerPointOfSale", "onPointOfSaleRegistered", "onError"}

LAST = {"occurs": "one", "terminal": True}
RESULT_THEN_COMPLETE = {
    "onPaymentResult": {"occurs": "one"},
    "onPaymentComplete": {**LAST, "after": ["onPaymentResult"]},
}
BY_REFERENCE = {"operation": "queryPaymentResult", "key": "merchantTransactionReference"}


def _opened(
    replies: dict[str, Any], on_end: str = "must-disconnect", **more: Any
) -> dict[str, Any]:
    return {
        "connection": "new",
        "replies": replies,
        "errors": ["onError"],
        "onEnd": on_end,
        **more,
    }


CONVERSATIONS = {name: {"connection": "current"} for name in RECEIVES} | {
    "registerPointOfSale": _opened({"onPointOfSaleRegistered": LAST}, atMostOnce=True),
    "refreshRegistration": _opened({"onRegistrationRefreshed": LAST}),
    "startPayment": _opened(
        {
            "onPaymentNotification": {"occurs": "many"},
            "onPaymentActionRequired": {"occurs": "many", "answer": "confirmPaymentAction"},
            "onPaymentReceipt": {"occurs": "many"},
            **RESULT_THEN_COMPLETE,
        },
        during=["confirmPaymentAction", "abortPayment"],
        atMostOnce=True,
        recover=BY_REFERENCE,
    ),
    "confirmPaymentAction": {"connection": "current", "errors": ["onError"], "atMostOnce": True},
    "abortPayment": {"connection": "current", "errors": ["onError"], "atMostOnce": True},
    "settlePayment": _opened(RESULT_THEN_COMPLETE, atMostOnce=True, recover=BY_REFERENCE),
    "cancelPayment": _opened(
        {"onPaymentReceipt": {"occurs": "many"}, **RESULT_THEN_COMPLETE},
        atMostOnce=True,
        recover=BY_REFERENCE,
    ),
    "queryPaymentResult": _opened({"onPaymentResult": LAST}),
    "queryPaymentReceipt": _opened(
        {
            "onPaymentReceipt": {
                "occurs": "some",
                "terminalWhen": {"reply": "/type", "request": "/type"},
            }
        }
    ),
    "requestBatchReport": _opened({"onBatchReport": LAST}, atMostOnce=True),
    "requestOfflineReport": _opened({"onOfflineReport": LAST}),
    "deviceStatus": _opened({"deviceStatus": LAST}, on_end="should-disconnect"),
    "serviceStatus": _opened({"serviceStatus": LAST}),
    "restartDevice": _opened({"onDeviceRestart": LAST}, atMostOnce=True),
}


def test_all_25_destinations_are_there() -> None:
    """The point of sale sends to 12 destinations and receives on 13, each one operation."""
    for action, expected in (("send", SENDS), ("receive", RECEIVES)):
        found = {
            name: at(operation["channel"]["$ref"])["address"]
            for name, operation in OPERATIONS.items()
            if operation["action"] == action
        }
        assert found == expected
    assert len(DOC["channels"]) == len(OPERATIONS) == len(SENDS) + len(RECEIVES) == 25


def test_every_message_travels_on_one_channel_under_its_own_name() -> None:
    """One name for a message: as component, in its channel, as `name` and as payload schema."""
    for name, message in MESSAGES.items():
        assert message["name"] == name
        assert message["payload"] == {"$ref": f"#/components/schemas/{name}"}
    carried = [key for channel in DOC["channels"].values() for key in channel["messages"]]
    assert sorted(carried) == sorted(MESSAGES)
    for name, operation in OPERATIONS.items():
        channel = operation["channel"]["$ref"]
        keys = list(at(channel)["messages"])
        assert operation["messages"] == [{"$ref": f"{channel}/messages/{keys[0]}"}], name


def test_perspective_is_the_client() -> None:
    """`send` is what the point of sale sends."""
    assert DOC["info"]["x-perspective"] == "client"


def test_five_tags_and_one_on_each_operation_and_message() -> None:
    """The documentation groups everything under five tags; a message has its operation's."""
    assert [at(tag["$ref"])["name"] for tag in DOC["info"]["tags"]] == [
        "Point of Sale Registration",
        "Payments",
        "Payment Reports",
        "Monitoring",
        "Error Reporting",
    ]
    for name, operation in OPERATIONS.items():
        assert len(operation["tags"]) == 1, name
        (message,) = at(operation["channel"]["$ref"])["messages"].values()
        assert at(message["$ref"])["tags"] == operation["tags"], name


def test_security_is_on_exactly_the_authenticated_operations() -> None:
    """Without a license key only registration works; of errors nothing is said."""
    secured = {name for name, operation in OPERATIONS.items() if "security" in operation}
    assert secured == set(OPERATIONS) - UNAUTHENTICATED
    for name in secured:
        assert OPERATIONS[name]["security"] == [{"$ref": "#/components/securitySchemes/licenseKey"}]


def test_license_key_comes_from_the_registration_and_goes_into_connect() -> None:
    """The scheme names the reply that delivers the key and the frame that carries it."""
    scheme = DOC["components"]["securitySchemes"]["licenseKey"]
    assert (scheme["name"], scheme["x-header-of"]) == ("x-wp-authorization", "stomp-connect")
    assert scheme["x-sensitive"] is True
    origin = scheme["x-obtained-from"]
    (message,) = at(OPERATIONS[origin["operation"]]["channel"]["$ref"])["messages"].values()
    payload = merged(at(message["$ref"])["payload"])
    assert origin["payload"].removeprefix("/") in payload["required"]


@pytest.mark.parametrize("name", [*SENDS, *RECEIVES])
def test_conversation_is_what_the_prose_says(name: str) -> None:
    """Connection, replies, end, repetition and recovery stand in one table above."""
    assert OPERATIONS[name]["x-conversation"] == CONVERSATIONS[name]


def test_servers_carry_what_a_client_needs_to_open_the_socket() -> None:
    """The address, the STOMP version and the limits of each variable are documented."""
    addresses = {
        name: (server["host"], server["pathname"], server["protocolVersion"])
        for name, server in DOC["servers"].items()
    }
    paypoint_id, paypoint_ref = "/ipc-app/payment/{paypointId}", "/ipc-app/payment/{paypointRef}"
    assert addresses == {
        "onPremise": ("{host}:{port}", paypoint_id, "1.2"),
        "cloudTest": ("ws.muat.worldpaypp.com:443", paypoint_ref, "1.0"),
        "cloudLive": ("ipscloud.worldpay.com:443", paypoint_ref, "1.0"),
    }
    for server in DOC["servers"].values():
        assert (server["protocol"], server["x-transport"]["protocol"]) == ("stomp", "wss")
    variables = DOC["servers"]["onPremise"]["variables"]
    assert variables["port"]["default"] == "7080"
    assert variables["paypointId"]["x-schema"]["maxLength"] == 100
    assert DOC["components"]["serverVariables"]["paypointRef"]["x-schema"]["maxLength"] == 20
