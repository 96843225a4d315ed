"""Schemas keep their promises: what is closed, sensitive, sourced and described."""

import pytest

from .document import DOC, MESSAGES, SCHEMAS, complaints, merged, nodes, properties

SENSITIVE = {
    "AuthorisationCode",
    "Authorisation.authorisationCode",
    "Authorisation.cvvResponseData",
    "Balance.formattedAmount",
    "Card.applicationEffectiveDate",
    "Card.cardNumber",
    "Card.expiryDate",
    "Card.panSequenceNumber",
    "Card.tokenId",
    "Card.track2Data",
    "CardKeyedRecovery.authCode",
    "CardNumber",
    "CardToken.tokenId",
    "ExpiryDate",
    "ExpiryDate.month",
    "ExpiryDate.year",
    "LicenseKey",
    "OriginalCard.cardExpiryDate",
    "OriginalCard.cardNumber",
    "PaymentOutcome.taxFreeVoucher",
    "PaymentReceipt.content",
    "PointOfSaleRegistration.pointOfSaleLicenseKey",
    "PointOfSaleRegistrationRequest.pointOfSaleActivationCode",
    "RegistrationRefresh.pointOfSaleLicenseKey",
    "TokenId",
    "VoiceAuthorisationDone.authorisationCode",
}
CLOSED_ENUMS = {"PaymentType", "CardType"}
CATCH_ALL = {"UnknownActionRequired": "RequiredAction"}
LIMITS = {
    *("const", "enum", "format", "maximum", "maxItems", "maxLength", "minimum", "minItems"),
    *("minLength", "not", "pattern", "required", "x-open-enum"),
}
CONFIDENCES = {"high", "medium", "low", "invented"}


def test_sensitive_fields_are_exactly_these() -> None:
    """What may never be shown, logged or stored is decided here and nowhere else."""
    marked = {name for name, schema in SCHEMAS.items() if schema.get("x-sensitive")}
    marked |= {name for name, schema in properties() if merged(schema).get("x-sensitive")}
    assert marked == SENSITIVE


def test_closed_lists_are_only_those_a_source_closes() -> None:
    """Other lists are open: a new value from a newer server must not break a client."""
    for pointer, node in nodes(DOC["components"]):
        if "enum" not in node:
            continue
        name = pointer.split("/")[2]
        if name in CATCH_ALL:
            known = [merged(variant) for variant in SCHEMAS[CATCH_ALL[name]]["oneOf"]]
            tags = [variant["properties"]["action"].get("const") for variant in known]
            assert node["enum"] == [tag for tag in tags if tag], "the catch-all is out of date"
        else:
            assert name in CLOSED_ENUMS, pointer
            assert list(node["x-enum-values"]) == node["enum"], pointer


def test_every_listed_value_is_described() -> None:
    """A value without a description tells the reader nothing."""
    for pointer, node in nodes(DOC["components"]):
        for key in ("x-open-enum", "x-enum-values"):
            for value, text in node.get(key, {}).items():
                assert isinstance(value, str), pointer
                assert text.endswith("."), f"{pointer}: {value}"
        if "x-open-enum" in node:
            assert node["type"] == "string", pointer
            assert "enum" not in node, pointer


def test_tagged_unions_are_decided_by_their_tag() -> None:
    """Each variant is a component that requires the tag and has a value of its own for it."""
    unions = {name: schema for name, schema in SCHEMAS.items() if "oneOf" in schema}
    assert set(unions) == {"PaymentInstrument", "RequiredAction", "DoneAction"}
    for name, union in unions.items():
        tag = union["discriminator"]
        variants = [merged(variant) for variant in union["oneOf"]]
        assert all(tag in schema["required"] for schema in [union, *variants]), name
        values = [variant["properties"][tag].get("const") for variant in variants]
        assert len(set(values)) == len(values), name
        assert (None in values) == (name in CATCH_ALL.values()), name


@pytest.mark.parametrize("action", ["voice-authorisation", "signature-verification", "tip-amount"])
def test_any_required_action_is_readable(action: str) -> None:
    """An action that nobody has heard of yet is a valid message."""
    message = {"data": {"action": action, "anything": [1]}}
    assert complaints(MESSAGES["PaymentActionRequired"]["payload"], message) == []


def test_amounts_say_their_unit() -> None:
    """An amount is an integer of minor units and says which currency's."""
    amounts = {
        name: merged(schema)
        for name, schema in properties()
        if name.lower().endswith(("amount", "totals")) and not name.startswith("Balance.")
    }
    assert len(amounts) == 10
    for name, amount in amounts.items():
        assert (amount["type"], amount["format"]) == ("integer", "int64"), name
        assert amount["x-unit"] == "currency-minor", name
        assert amount["x-unit-of"], name


def test_every_source_is_listed_and_every_listed_source_is_used() -> None:
    """`x-source` names sources by the ids of `info.x-sources`, with a confidence."""
    used = set()
    for pointer, node in nodes(DOC):
        if "x-source" not in node:
            continue
        source = node["x-source"]
        assert set(source) <= {"from", "confidence", "note"}, pointer
        assert source["confidence"] in CONFIDENCES, pointer
        used |= {source["from"]} if isinstance(source["from"], str) else set(source["from"])
    assert used == set(DOC["info"]["x-sources"])


def test_never_sent_twice_is_our_own_decision() -> None:
    """No source tells that the server recognises a repetition; the document says who decided."""
    for name, operation in DOC["operations"].items():
        if operation["x-conversation"].get("atMostOnce"):
            assert "project" in operation["x-source"]["from"], name


def test_every_rule_says_where_it_is_from() -> None:
    """Components, servers and variables have a source, and so has a property with a limit."""
    components = DOC["components"]
    sourced = [*SCHEMAS.items(), *components["securitySchemes"].items()]
    sourced += [*components["serverVariables"].items(), *DOC["servers"].items()]
    sourced += DOC["servers"]["onPremise"]["variables"].items()
    sourced += [(name, schema) for name, schema in properties() if LIMITS & set(schema)]
    sourced += [(name, schema) for name, schema in properties() if "allOf" in schema]
    assert [name for name, node in sourced if "x-source" not in node] == []


def test_schemas_and_properties_are_described() -> None:
    """Descriptions are full sentences, they become the documentation of the bindings."""
    for name, schema in [*SCHEMAS.items(), *properties()]:
        text = merged(schema).get("description", "").rstrip()
        assert text.endswith("."), name


def test_received_messages_stay_usable() -> None:
    """Nothing forbids what a newer server may add: no closed objects, no minimum of payments."""
    for pointer, node in nodes(DOC["components"]):
        assert not {"additionalProperties", "maxProperties", "minItems"} & set(node), pointer
    assert complaints(MESSAGES["PaymentResult"]["payload"], {"payments": []}) == []
    assert complaints(MESSAGES["PaymentComplete"]["payload"], {"reason": "new"}) == []
    assert complaints(MESSAGES["Error"]["payload"], {}) == []


def test_declining_a_referral_needs_no_code() -> None:
    """A voice authorisation without `authorisationCode` is the answer no."""
    declined = {
        "merchantTransactionReference": "MS1",
        "data": {"action": "voice-authorisation"},
    }
    assert complaints(MESSAGES["PaymentActionDone"]["payload"], declined) == []
