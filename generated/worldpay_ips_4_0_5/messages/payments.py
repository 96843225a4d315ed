# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Messages of the tag `Payments`.

Taking, settling, cancelling and querying payments.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

import attrs

from stompws.rules import (
    Boolean,
    Choice,
    Const,
    DateText,
    DateTimeText,
    Integer,
    Items,
    Number,
    Of,
    Text,
    optional,
)
from stompws.shapes import (
    Date,
    DateTime,
    OpenStrEnum,
    Struct,
    TaggedUnion,
    Unrecognised,
    field_info,
    frozen,
)

from .common import Paypoint


@frozen(kw_only=True)
class Address(Struct):
    """A postal address.

    Source: #/components/schemas/Address (api-4.0.1, bill-api; confidence high).
    """

    city: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=140)),
        metadata=field_info("city", guessed=True),
    )
    """Town or city, 1 to 140 characters.

    Source: bill-api; confidence medium.
    """

    country_code: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=2, max_length=2)),
        metadata=field_info("countryCode", guessed=True),
    )
    """Country as two letters of ISO 3166-1, such as GB.

    Limits: exactly 2 characters. Source: bill-api, standard; confidence medium.
    """

    line1: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=140)),
        metadata=field_info("line1", guessed=True),
    )
    """First line of the address, 1 to 140 characters.

    Source: bill-api; confidence medium.
    """

    line2: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=140)),
        metadata=field_info("line2", guessed=True),
    )
    """Second line of the address, 1 to 140 characters.

    Source: bill-api; confidence medium.
    """

    line3: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=140)),
        metadata=field_info("line3", guessed=True),
    )
    """Third line of the address, 1 to 140 characters.

    Source: bill-api; confidence medium.
    """

    postal_code: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=8)),
        metadata=field_info("postalCode", guessed=True),
    )
    """Postal code, 1 to 8 characters.

    Source: bill-api; confidence medium.
    """

    state: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=140)),
        metadata=field_info("state", guessed=True),
    )
    """State, county or region, 1 to 140 characters.

    Source: bill-api; confidence medium.
    """


@frozen(kw_only=True)
class Authorisation(Struct):
    """What the authorisation of the payment returned.

    Source: #/components/schemas/Authorisation (api-4.0.1, bill-api; confidence high).
    """

    authorisation_code: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text(min_length=2, max_length=6, pattern="^[0-9a-zA-Z]{2,6}$")),
        metadata=field_info("authorisationCode", sensitive=True, guessed=True),
    )
    """The code of an authorisation, 2 to 6 letters and digits.

    Limits: 2 to 6 characters, pattern `^[0-9a-zA-Z]{2,6}$`. Sensitive: kept out of repr, logs and
    error texts. Source: api-4.0.1, bill-api; confidence medium.
    """

    cvv_response_data: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text(pattern="^[0-9A-F]{6}$")),
        metadata=field_info("cvvResponseData", sensitive=True, guessed=True),
    )
    """The response to the card verification value, six upper-case hexadecimal digits.

    Limits: pattern `^[0-9A-F]{6}$`. Sensitive: kept out of repr, logs and error texts. Source:
    bill-api; confidence medium.
    """


@frozen(kw_only=True)
class AvsConfirmationDone(Struct):
    """Whether to go on after the address verification.

    Source: #/components/schemas/AvsConfirmationDone (cloud-client, sdk-guide; confidence medium).
    Not on the page. That the action exists is told by the SDK guide; its name and fields are known
    from a client.
    """

    action: Literal["avs-confirmation"] = attrs.field(
        init=False,
        default="avs-confirmation",
        validator=Const("avs-confirmation"),
        metadata=field_info("action", guessed=True),
    )
    """The name of the action.

    Always "avs-confirmation". Source: cloud-client, sdk-guide; confidence medium. Not on the page.
    That the action exists is told by the SDK guide; its name and fields are known from a client.
    """

    is_avs_confirmed: bool = attrs.field(
        validator=Boolean(), metadata=field_info("isAvsConfirmed", guessed=True)
    )
    """True to go on with the payment, false to refuse it.

    Source: cloud-client, sdk-guide; confidence medium. Not on the page. That the action exists is
    told by the SDK guide; its name and fields are known from a client.
    """


class AvsMatch(OpenStrEnum):
    """The result of one comparison. Take anything but `matched` as no match.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/AvsMatch (cloud-client; confidence medium). Other values are not
    known.
    """

    MATCHED = "matched"
    """The detail matched."""


@frozen(kw_only=True)
class AvsResults(Struct):
    """What the address verification service found.

    The values are strings, in spite of their names.

    Source: #/components/schemas/AvsResults (cloud-client, sdk-guide; confidence medium). Not on the
    page. That the action exists is told by the SDK guide; its name and fields are known from a
    client.
    """

    is_address_line_match: AvsMatch | None = attrs.field(
        default=None,
        validator=optional(Choice(AvsMatch)),
        metadata=field_info("isAddressLineMatch", guessed=True),
    )
    """Whether the line of the address matched.

    Source: cloud-client, sdk-guide; confidence medium. Not on the page. That the action exists is
    told by the SDK guide; its name and fields are known from a client.
    """

    is_cvv_match: AvsMatch | None = attrs.field(
        default=None,
        validator=optional(Choice(AvsMatch)),
        metadata=field_info("isCvvMatch", guessed=True),
    )
    """Whether the card verification value matched.

    Source: cloud-client, sdk-guide; confidence medium. Not on the page. That the action exists is
    told by the SDK guide; its name and fields are known from a client.
    """

    is_postal_code_match: AvsMatch | None = attrs.field(
        default=None,
        validator=optional(Choice(AvsMatch)),
        metadata=field_info("isPostalCodeMatch", guessed=True),
    )
    """Whether the postal code matched.

    Source: cloud-client, sdk-guide; confidence medium. Not on the page. That the action exists is
    told by the SDK guide; its name and fields are known from a client.
    """


@frozen(kw_only=True)
class AvsConfirmationRequired(Struct):
    """The address verification service compared the payer's details: decide whether to go on.

    Source: #/components/schemas/AvsConfirmationRequired (cloud-client, sdk-guide; confidence
    medium). Not on the page. That the action exists is told by the SDK guide; its name and fields
    are known from a client.
    """

    action: Literal["avs-confirmation"] = attrs.field(
        init=False,
        default="avs-confirmation",
        validator=Const("avs-confirmation"),
        metadata=field_info("action", guessed=True),
    )
    """The name of the action.

    Always "avs-confirmation". Source: cloud-client, sdk-guide; confidence medium. Not on the page.
    That the action exists is told by the SDK guide; its name and fields are known from a client.
    """

    avs_results: AvsResults | None = attrs.field(
        default=None,
        validator=optional(Of(AvsResults)),
        metadata=field_info("avsResults", guessed=True),
    )
    """What matched and what did not.

    Source: cloud-client, sdk-guide; confidence medium. Not on the page. That the action exists is
    told by the SDK guide; its name and fields are known from a client.
    """


@frozen(kw_only=True)
class Balance(Struct):
    """What is left on the card, presumably on gift and prepaid cards.

    Source: #/components/schemas/Balance (api-4.0.1; confidence high).
    """

    formatted_amount: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text()),
        metadata=field_info("formattedAmount", sensitive=True),
    )
    """The balance as a text to show or print, with its currency sign. Not to be calculated with.

    Sensitive: kept out of repr, logs and error texts. Source: api-4.0.1; confidence high.
    """


class CardType(StrEnum):
    """The kind of card. It is left out when it is not known.

    Source: #/components/schemas/CardType (api-4.0.1, bill-api; confidence high).
    """

    FUEL = "fuel"
    """A fuel card."""
    DEBIT = "debit"
    """A debit card."""
    CREDIT = "credit"
    """A credit card."""


@frozen(kw_only=True)
class ExpiryDate(Struct):
    """The last month in which a card is valid.

    Source: #/components/schemas/ExpiryDate (api-4.0.1, bill-api; confidence high). The required
    fields are those of the sibling API's copy of this schema.
    """

    month: int = attrs.field(
        repr=False,
        validator=Integer(minimum=1, maximum=12),
        metadata=field_info("month", sensitive=True, guessed=True),
    )
    """The month, 1 to 12.

    Sensitive: kept out of repr, logs and error texts. Source: bill-api; confidence medium.
    """

    year: int = attrs.field(
        repr=False,
        validator=Integer(minimum=0, maximum=99),
        metadata=field_info("year", sensitive=True, guessed=True),
    )
    """The last two digits of the year, 0 to 99.

    Sensitive: kept out of repr, logs and error texts. Source: bill-api; confidence medium.
    """


class IssuerCode(OpenStrEnum):
    """The scheme or store whose card it is, 1 to 256 letters, digits and hyphens.

    New codes appear without notice.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/IssuerCode (api-4.0.1, bill-api; confidence high). The page's
    example shows visa-debit. The descriptions are read from the names.
    """

    AMEX = "amex"
    """American Express."""
    ARVAL_PHH = "arval-phh"
    """Arval PHH."""
    BANK_OF_AMERICA = "bank-of-america"
    """Bank of America."""
    DANKORT = "dankort"
    """Dankort."""
    DINERS = "diners"
    """Diners Club."""
    DISCOVER = "discover"
    """Discover."""
    FLEXECASH_LOVE_2_REWARD = "flexecash-love-2-reward"
    """flexecash Love2reward gift card."""
    HARVEY_NICHOLS = "harvey-nichols"
    """Harvey Nichols store card."""
    HARVEY_NICHOLS_MASTERCARD = "harvey-nichols-mastercard"
    """Harvey Nichols Mastercard."""
    JCB = "jcb"
    """JCB."""
    MAESTRO = "maestro"
    """Maestro."""
    MAESTRO_UK = "maestro-uk"
    """Maestro, issued in the United Kingdom."""
    MASTERCARD = "mastercard"
    """Mastercard."""
    MASTERCARD_DEBIT = "mastercard-debit"
    """Mastercard debit."""
    MASTERCARD_PURCHASING = "mastercard-purchasing"
    """Mastercard purchasing card."""
    NEWDAY_MASTERCARD = "newday-mastercard"
    """NewDay Mastercard."""
    NEWDAY_STAFF = "newday-staff"
    """NewDay staff card."""
    NEWDAY_STORE = "newday-store"
    """NewDay store card."""
    NEWDAY_TEMPORARY = "newday-temporary"
    """NewDay temporary card."""
    PPS_GIFT = "pps-gift"
    """PPS gift card."""
    TESCO_CLUBCARD = "tesco-clubcard"
    """Tesco Clubcard."""
    US_DEBIT = "us-debit"
    """Debit card of the United States."""
    VISA = "visa"
    """Visa."""
    VISA_ATM = "visa-atm"
    """Visa card for cash machines."""
    VISA_DEBIT = "visa-debit"
    """Visa debit."""
    VISA_ELECTRON_UK = "visa-electron-uk"
    """Visa Electron, issued in the United Kingdom."""
    VISA_PURCHASING = "visa-purchasing"
    """Visa purchasing card."""


@frozen(kw_only=True)
class Card(Struct):
    """The card that was used. What is not known of it is left out.

    Source: #/components/schemas/Card (api-4.0.1, bill-api; confidence high).
    """

    application_effective_date: Date | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(DateText()),
        metadata=field_info("applicationEffectiveDate", sensitive=True, guessed=True),
    )
    """The day from which the card's application is valid.

    Sensitive: kept out of repr, logs and error texts. Source: bill-api; confidence medium.
    """

    application_identifier: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=10, max_length=32, pattern="^[A-Z0-9]{10,32}$")),
        metadata=field_info("applicationIdentifier", guessed=True),
    )
    """Identifier of the card's application (AID), 10 to 32 upper-case letters and digits. It is cut
    short for contactless Visa cards.

    Limits: 10 to 32 characters, pattern `^[A-Z0-9]{10,32}$`. Source: bill-api; confidence medium.
    """

    application_label: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=16)),
        metadata=field_info("applicationLabel", guessed=True),
    )
    """Name of the card's application, 1 to 16 characters, to be printed.

    Source: bill-api; confidence medium.
    """

    card_number: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(
            Text(min_length=13, max_length=19, pattern="^[0-9]{6}[X0-9]{3,9}[0-9]{4}$")
        ),
        metadata=field_info("cardNumber", sensitive=True, guessed=True),
    )
    """The card number, 13 to 19 characters: the first six and the last four digits in clear, X for
    the others. Cards on an agreed list are shown in full.

    Limits: pattern `^[0-9]{6}[X0-9]{3,9}[0-9]{4}$`. Sensitive: kept out of repr, logs and error
    texts. Source: api-4.0.1, bill-api; confidence medium.
    """

    country_code: str | None = attrs.field(
        default=None,
        validator=optional(Text(pattern="^[0-9]{3}$")),
        metadata=field_info("countryCode", guessed=True),
    )
    """The country of issue as three digits of ISO 3166-1, such as 826 for the United Kingdom.

    Limits: pattern `^[0-9]{3}$`. Source: bill-api, standard; confidence medium.
    """

    expiry_date: ExpiryDate | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Of(ExpiryDate)),
        metadata=field_info("expiryDate", sensitive=True, guessed=True),
    )
    """The last month in which the card is valid.

    Sensitive: kept out of repr, logs and error texts. Source: bill-api; confidence medium.
    """

    issuer_code: IssuerCode | None = attrs.field(
        default=None,
        validator=optional(
            Choice(IssuerCode, min_length=1, max_length=256, pattern="^[a-zA-Z0-9-]{1,256}$")
        ),
        metadata=field_info("issuerCode"),
    )
    """The scheme or store whose card it is, 1 to 256 letters, digits and hyphens. New codes appear
    without notice.

    Limits: 1 to 256 characters, pattern `^[a-zA-Z0-9-]{1,256}$`. Source: api-4.0.1, bill-api;
    confidence high. The page's example shows visa-debit. The descriptions are read from the names.
    """

    pan_sequence_number: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text(pattern="^[0-9]{2}$")),
        metadata=field_info("panSequenceNumber", sensitive=True, guessed=True),
    )
    """Two digits that tell cards of the same number apart; the issue number of a swiped UK Maestro
    or Solo card.

    Limits: pattern `^[0-9]{2}$`. Sensitive: kept out of repr, logs and error texts. Source:
    bill-api; confidence medium.
    """

    token_id: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text(min_length=15, max_length=21, pattern="^[0-9a-zA-Z]{15,21}$")),
        metadata=field_info("tokenId", sensitive=True, guessed=True),
    )
    """The token that stands for the card, 15 to 21 letters and digits. It is there when
    tokenisation is switched on.

    Limits: 15 to 21 characters, pattern `^[0-9a-zA-Z]{15,21}$`. Sensitive: kept out of repr, logs
    and error texts. Source: bill-api, tokenisation; confidence medium.
    """

    track2_data: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text()),
        metadata=field_info("track2Data", sensitive=True),
    )
    """Track 2 of the card, 7 to 40 characters: `;`, the card number, `=`, the expiry date and
    further data, `?`. Only for cards on an agreed list. The documented example carries clear digits
    and a character after the `?`, so no format is enforced.

    Sensitive: kept out of repr, logs and error texts. Source: api-4.0.1, bill-api; confidence high.
    The sibling API's pattern and lengths are described, not set: the page's own example does not
    match the pattern.
    """

    type: CardType | None = attrs.field(
        default=None, validator=optional(Choice(CardType)), metadata=field_info("type")
    )
    """The kind of card. It is left out when it is not known.

    Source: api-4.0.1, bill-api; confidence high.
    """


@frozen(kw_only=True)
class CardKeyed(Struct):
    """A card whose number is keyed in on the payment device.

    Source: #/components/schemas/CardKeyed (cloud-client, bill-api; confidence medium). Not on the
    page; a working client sends it, and the sibling API's results list it.
    """

    type: Literal["card/keyed"] = attrs.field(
        init=False,
        default="card/keyed",
        validator=Const("card/keyed"),
        metadata=field_info("type", guessed=True),
    )
    """The kind of instrument.

    Always "card/keyed". Source: cloud-client, bill-api; confidence medium. Not on the page; a
    working client sends it, and the sibling API's results list it.
    """

    is_handled_online: bool | None = attrs.field(
        default=None,
        validator=optional(Boolean()),
        metadata=field_info("isHandledOnline", guessed=True),
    )
    """Whether the payment should be performed online.

    Source: cloud-client; confidence medium.
    """


@frozen(kw_only=True)
class CardKeyedRecovery(Struct):
    """A sale that was authorised elsewhere, entered again with its authorisation code.

    Source: #/components/schemas/CardKeyedRecovery (api-4.0.1, example; confidence medium). No list
    of required fields is published; this one is read from the examples.
    """

    type: Literal["card/keyed-recovery"] = attrs.field(
        init=False,
        default="card/keyed-recovery",
        validator=Const("card/keyed-recovery"),
        metadata=field_info("type"),
    )
    """The kind of instrument.

    Always "card/keyed-recovery". Source: api-4.0.1; confidence high.
    """

    auth_code: str = attrs.field(
        repr=False,
        validator=Text(min_length=2, max_length=6, pattern="^[0-9a-zA-Z]{2,6}$"),
        metadata=field_info("authCode", sensitive=True, guessed=True),
    )
    """The code of the authorisation that was obtained, 2 to 6 letters and digits.

    Limits: 2 to 6 characters, pattern `^[0-9a-zA-Z]{2,6}$`. Sensitive: kept out of repr, logs and
    error texts. Source: api-4.0.1, example; confidence medium. The limits are those of the
    authorisation code in a result.
    """


@frozen(kw_only=True)
class CardNotPresent(Struct):
    """A card of a payer who is not there, such as in an order by mail or telephone.

    Source: #/components/schemas/CardNotPresent (cloud-client, bill-api; confidence medium). Not on
    the page; a working client sends it, and the sibling API's results list it.
    """

    type: Literal["card/not-present"] = attrs.field(
        init=False,
        default="card/not-present",
        validator=Const("card/not-present"),
        metadata=field_info("type", guessed=True),
    )
    """The kind of instrument.

    Always "card/not-present". Source: cloud-client, bill-api; confidence medium. Not on the page; a
    working client sends it, and the sibling API's results list it.
    """

    is_handled_online: bool | None = attrs.field(
        default=None,
        validator=optional(Boolean()),
        metadata=field_info("isHandledOnline", guessed=True),
    )
    """Whether the payment should be performed online.

    Source: cloud-client; confidence medium.
    """


class TokenPurpose(OpenStrEnum):
    """What the card on file is stored for or charged for. Visa and Mastercard only.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/TokenPurpose (api-4.0.1, cloud-client, release-notes; confidence
    medium). The page shows recurring; the other value is known from a client.
    """

    RECURRING = "recurring"
    """A payment in a series at regular intervals."""
    UNSCHEDULED = "unscheduled"
    """A payment that the merchant initiates when the need arises."""


@frozen(kw_only=True)
class CardPresent(Struct):
    """A card that is presented to the payment device.

    Source: #/components/schemas/CardPresent (api-4.0.1, example; confidence medium). No list of
    required fields is published; this one is read from the examples.
    """

    type: Literal["card/present"] = attrs.field(
        init=False,
        default="card/present",
        validator=Const("card/present"),
        metadata=field_info("type"),
    )
    """The kind of instrument.

    Always "card/present". Source: api-4.0.1; confidence high.
    """

    is_handled_online: bool | None = attrs.field(
        default=None, validator=optional(Boolean()), metadata=field_info("isHandledOnline")
    )
    """Whether the payment should be performed online; in a result, whether it was.

    Source: api-4.0.1, bill-api; confidence high.
    """

    token_purpose: TokenPurpose | None = attrs.field(
        default=None,
        validator=optional(Choice(TokenPurpose)),
        metadata=field_info("tokenPurpose", guessed=True),
    )
    """What the card on file is stored for or charged for. Visa and Mastercard only.

    Source: api-4.0.1, cloud-client, release-notes; confidence medium. The page shows recurring; the
    other value is known from a client.
    """


@frozen(kw_only=True)
class CardToken(Struct):
    """A card on file, named by the token of an earlier payment.

    Source: #/components/schemas/CardToken (api-4.0.1, example; confidence medium). No list of
    required fields is published; this one is read from the examples.
    """

    type: Literal["card/token"] = attrs.field(
        init=False, default="card/token", validator=Const("card/token"), metadata=field_info("type")
    )
    """The kind of instrument.

    Always "card/token". Source: api-4.0.1; confidence high.
    """

    token_id: str = attrs.field(
        repr=False,
        validator=Text(min_length=15, max_length=21, pattern="^[0-9a-zA-Z]{15,21}$"),
        metadata=field_info("tokenId", sensitive=True, guessed=True),
    )
    """The token that stands for a card on file, 15 to 21 letters and digits.

    Limits: 15 to 21 characters, pattern `^[0-9a-zA-Z]{15,21}$`. Sensitive: kept out of repr, logs
    and error texts. Source: api-4.0.1, bill-api, tokenisation; confidence medium. Three formats are
    described, but the page's example fits none of them, so no more than the pattern is set.
    """

    token_purpose: TokenPurpose | None = attrs.field(
        default=None,
        validator=optional(Choice(TokenPurpose)),
        metadata=field_info("tokenPurpose", guessed=True),
    )
    """Why the merchant charges the card on file.

    Source: release-notes; confidence medium. No example of a token carries it; the release notes
    tell of its use.
    """


class CardVerificationMethod(OpenStrEnum):
    """How the cardholder was verified, 1 to 50 letters, digits and hyphens.

    New values appear without notice.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/CardVerificationMethod (api-4.0.1, bill-api, cloud-client;
    confidence high).
    """

    CARDHOLDER_NOT_PRESENT = "cardholder-not-present"
    """The cardholder was not there."""
    NONE = "none"
    """Not at all."""
    PIN_AND_SIGNATURE = "pin-and-signature"
    """By PIN and signature."""
    PIN_OR_CONSUMER_DEVICE = "pin-or-consumer-device"
    """By PIN or on the cardholder's own device."""
    SIGNATURE = "signature"
    """By signature."""
    UNKNOWN = "unknown"
    """It is not known how."""


class ContactMethod(OpenStrEnum):
    """How a contact is reached.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/ContactMethod (api-4.0.1, example; confidence medium). Other
    methods are not known.
    """

    PHONE_NUMBER = "phone-number"
    """By telephone."""


@frozen(kw_only=True)
class Debug(Struct):
    """Details of a chip payment, for finding faults only.

    Source: #/components/schemas/Debug (api-4.0.1, bill-api; confidence high).
    """

    transaction_status_info: str | None = attrs.field(
        default=None,
        validator=optional(Text(pattern="^[0-9A-F]{1,4}$")),
        metadata=field_info("transactionStatusInfo", guessed=True),
    )
    """EMV transaction status information (TSI), 1 to 4 upper-case hexadecimal digits.

    Limits: pattern `^[0-9A-F]{1,4}$`. Source: bill-api; confidence medium.
    """

    transaction_verification_results: str | None = attrs.field(
        default=None,
        validator=optional(Text(pattern="^[0-9A-F]{1,10}$")),
        metadata=field_info("transactionVerificationResults", guessed=True),
    )
    """EMV terminal verification results (TVR), 1 to 10 upper-case hexadecimal digits.

    Limits: pattern `^[0-9A-F]{1,10}$`. Source: bill-api; confidence medium.
    """


@frozen(kw_only=True)
class SignatureVerificationDone(Struct):
    """Whether the signature was accepted.

    Source: #/components/schemas/SignatureVerificationDone (cloud-client, sdk-guide; confidence
    medium). Not on the page. That the action exists is told by the SDK guide; its name and fields
    are known from a client.
    """

    action: Literal["signature-verification"] = attrs.field(
        init=False,
        default="signature-verification",
        validator=Const("signature-verification"),
        metadata=field_info("action", guessed=True),
    )
    """The name of the action.

    Always "signature-verification". Source: cloud-client, sdk-guide; confidence medium. Not on the
    page. That the action exists is told by the SDK guide; its name and fields are known from a
    client.
    """

    is_signature_verified: bool = attrs.field(
        validator=Boolean(), metadata=field_info("isSignatureVerified", guessed=True)
    )
    """True when the signature matches, false to refuse it.

    Source: cloud-client, sdk-guide; confidence medium. Not on the page. That the action exists is
    told by the SDK guide; its name and fields are known from a client.
    """


@frozen(kw_only=True)
class VoiceAuthorisationDone(Struct):
    """The outcome of the call. Without an authorisation code the referral is declined.

    Source: #/components/schemas/VoiceAuthorisationDone (api-4.0.1, cloud-client; confidence
    medium). That the code is left out to decline is known from a client.
    """

    action: Literal["voice-authorisation"] = attrs.field(
        init=False,
        default="voice-authorisation",
        validator=Const("voice-authorisation"),
        metadata=field_info("action"),
    )
    """The name of the action.

    Always "voice-authorisation". Source: api-4.0.1; confidence high.
    """

    authorisation_code: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text(min_length=2, max_length=6, pattern="^[0-9a-zA-Z]{2,6}$")),
        metadata=field_info("authorisationCode", sensitive=True, guessed=True),
    )
    """The code obtained in the call, 2 to 6 letters and digits. Leave it out to decline.

    Limits: 2 to 6 characters, pattern `^[0-9a-zA-Z]{2,6}$`. Sensitive: kept out of repr, logs and
    error texts. Source: api-4.0.1, cloud-client, bill-api; confidence medium. The limits are those
    of the authorisation code in a result.
    """


DoneAction: TypeAlias = VoiceAuthorisationDone | SignatureVerificationDone | AvsConfirmationDone
"""The action that was taken. The tag is `action`, the same as was asked for.

The tag is 'action'.

Source: #/components/schemas/DoneAction (api-4.0.1, cloud-client; confidence medium).
"""

DONE_ACTION = TaggedUnion(
    "action", VoiceAuthorisationDone, SignatureVerificationDone, AvsConfirmationDone
)


@frozen(kw_only=True)
class DynamicCurrencyConversion(Struct):
    """A conversion from the merchant's currency into the cardholder's, made at the paypoint.

    Source: #/components/schemas/DynamicCurrencyConversion (api-4.0.1, bill-api; confidence high).
    The sibling API's copy of this schema requires all three fields; that they are always there is
    not known of this API.
    """

    conversion_rate: Decimal | None = attrs.field(
        default=None,
        validator=optional(Number(minimum=0)),
        metadata=field_info("conversionRate", guessed=True),
    )
    """How much of the cardholder's currency one unit of the merchant's is worth: 3000 at 1.11647 is
    3349.

    Limits: at least 0. Source: bill-api; confidence medium.
    """

    converted_amount: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=0, maximum=999999999)),
        metadata=field_info("convertedAmount", guessed=True, unit="currency-minor"),
    )
    """The amount that the cardholder pays, in the minor unit of `convertedCurrencyCode`, 0 to
    999999999.

    Unit: minor units of `converted_currency_code`. Source: bill-api; confidence medium.
    """

    converted_currency_code: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=3, max_length=3)),
        metadata=field_info("convertedCurrencyCode", guessed=True),
    )
    """The cardholder's currency as three letters of ISO 4217.

    Limits: exactly 3 characters. Source: bill-api, standard; confidence medium.
    """


PaymentInstrument: TypeAlias = (
    CardPresent | CardToken | CardKeyedRecovery | CardKeyed | CardNotPresent
)
"""How the payer pays. The tag is `type`.

The tag is 'type'.

Source: #/components/schemas/PaymentInstrument (api-4.0.1, cloud-client; confidence high). The
page's examples show the first three, a working client sends the last two. The sibling API's barcode
instrument is not on the page and is left out.
"""

PAYMENT_INSTRUMENT = TaggedUnion(
    "type", CardPresent, CardToken, CardKeyedRecovery, CardKeyed, CardNotPresent
)


@frozen(kw_only=True)
class RequestValue(Struct):
    """The amount that is asked for.

    Its currency is not sent: the paypoint's configuration decides, and the result tells.

    Source: #/components/schemas/RequestValue (api-4.0.1, example; confidence medium). No list of
    required fields is published; this one is read from the examples.
    """

    amount: int = attrs.field(
        validator=Integer(minimum=0, maximum=999999999),
        metadata=field_info("amount", guessed=True, unit="currency-minor"),
    )
    """The amount in the minor unit of the paypoint's currency, 0 to 999999999: 1099 is 10.99 in
    pounds. A sale of 0 verifies the account.

    Unit: minor units of the currency of the paypoint. Source: api-4.0.1, bill-api; confidence
    medium.
    """


@frozen(kw_only=True)
class Instruction(Struct):
    """What is to be paid, and how.

    Source: #/components/schemas/Instruction (api-4.0.1, example; confidence medium). No list of
    required fields is published; this one is read from the examples.
    """

    value: RequestValue = attrs.field(
        validator=Of(RequestValue), metadata=field_info("value", guessed=True)
    )
    """The amount that is asked for. Its currency is not sent: the paypoint's configuration decides,
    and the result tells.

    Source: api-4.0.1, example; confidence medium. No list of required fields is published; this one
    is read from the examples.
    """

    payment_instrument: PaymentInstrument = attrs.field(
        validator=PAYMENT_INSTRUMENT, metadata=field_info("paymentInstrument", guessed=True)
    )
    """How the payer pays. The tag is `type`.

    One of `CardPresent`, `CardToken`, `CardKeyedRecovery`, `CardKeyed`, `CardNotPresent`. Source:
    api-4.0.1, cloud-client; confidence high. The page's examples show the first three, a working
    client sends the last two. The sibling API's barcode instrument is not on the page and is left
    out.
    """

    original_gateway_transaction_reference: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=12, max_length=22, pattern="^[a-zA-Z0-9]{12,22}$")),
        metadata=field_info("originalGatewayTransactionReference", guessed=True),
    )
    """The gateway transaction reference of the sale that a refund by token gives back.

    Limits: 12 to 22 characters, pattern `^[a-zA-Z0-9]{12,22}$`. Source: cloud-client; confidence
    medium. Not on the page. The limits are those of the reference in a result.
    """


@frozen(kw_only=True)
class Merchant(Struct):
    """The merchant that the payment is taken for.

    Source: #/components/schemas/Merchant (api-4.0.1, bill-api; confidence high). The sibling API
    requires the identifier; that it is always there is not known of this one.
    """

    address: Address | None = attrs.field(
        default=None, validator=optional(Of(Address)), metadata=field_info("address")
    )
    """A postal address.

    Source: api-4.0.1, bill-api; confidence high.
    """

    merchant_id: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=8, max_length=10)),
        metadata=field_info("merchantId", guessed=True),
    )
    """Identifier of the merchant at the acquirer, 8 to 10 characters.

    Source: bill-api; confidence medium.
    """

    name: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=40)),
        metadata=field_info("name", guessed=True),
    )
    """Name of the merchant, 1 to 40 characters.

    Source: bill-api; confidence medium.
    """


class NotificationStage(OpenStrEnum):
    """INVENTED. How far the payment is.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/NotificationStage (project; confidence invented).
    """

    CARD = "card"
    """The card is being read."""
    HOST = "host"
    """The host is being asked."""


@frozen(kw_only=True)
class OriginalCard(Struct):
    """The card of the payment to settle or cancel, as its result showed it.

    Source: #/components/schemas/OriginalCard (api-4.0.1, example; confidence medium). No list of
    required fields is published; this one is read from the examples.
    """

    type: Literal["card"] = attrs.field(
        init=False, default="card", validator=Const("card"), metadata=field_info("type")
    )
    """The kind of instrument.

    Always "card". Source: api-4.0.1; confidence high.
    """

    card_number: str = attrs.field(
        repr=False,
        validator=Text(min_length=13, max_length=19, pattern="^[0-9]{6}[X0-9]{3,9}[0-9]{4}$"),
        metadata=field_info("cardNumber", sensitive=True, guessed=True),
    )
    """The card number, 13 to 19 characters: the first six and the last four digits in clear, X for
    the others. Cards on an agreed list are shown in full.

    Limits: pattern `^[0-9]{6}[X0-9]{3,9}[0-9]{4}$`. Sensitive: kept out of repr, logs and error
    texts. Source: api-4.0.1, bill-api; confidence medium.
    """

    card_expiry_date: ExpiryDate = attrs.field(
        repr=False,
        validator=Of(ExpiryDate),
        metadata=field_info("cardExpiryDate", sensitive=True, guessed=True),
    )
    """The last month in which the card is valid.

    Sensitive: kept out of repr, logs and error texts. Source: api-4.0.1, bill-api; confidence
    medium.
    """


class Outcome(OpenStrEnum):
    """The kind of result of a payment.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/Outcome (api-4.0.1, cloud-client; confidence medium). The page's
    example shows succeeded; the other three are known from a client.
    """

    FAILED = "failed"
    """The payment was not taken."""
    PENDING = "pending"
    """The payment is not finished; ask for its result again."""
    REFUSED = "refused"
    """The issuer, the acquirer or the payment server said no."""
    SUCCEEDED = "succeeded"
    """The payment, or what was asked for it, was done."""


@frozen(kw_only=True)
class PaymentAbort(Struct):
    """Asks to abort the payment in flight.

    Source: #/components/schemas/PaymentAbort (api-4.0.1, example; confidence medium). No list of
    required fields is published; this one is read from the examples.
    """

    merchant_transaction_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$"),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """


@frozen(kw_only=True)
class PaymentActionDone(Struct):
    """Confirms the action that was asked for. One for each required action.

    Source: #/components/schemas/PaymentActionDone (api-4.0.1, example; confidence medium). No list
    of required fields is published; this one is read from the examples.
    """

    merchant_transaction_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$"),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    data: DoneAction = attrs.field(validator=DONE_ACTION, metadata=field_info("data", guessed=True))
    """The action that was taken. The tag is `action`, the same as was asked for.

    One of `VoiceAuthorisationDone`, `SignatureVerificationDone`, `AvsConfirmationDone`. Source:
    api-4.0.1, cloud-client; confidence medium.
    """


@frozen(kw_only=True)
class SignatureVerificationRequired(Struct):
    """Schema `SignatureVerificationRequired`.

    The payer signs: compare the signature with the one on the card and tell whether it matches.

    Source: #/components/schemas/SignatureVerificationRequired (cloud-client, sdk-guide; confidence
    medium). Not on the page. That the action exists is told by the SDK guide; its name and fields
    are known from a client.
    """

    action: Literal["signature-verification"] = attrs.field(
        init=False,
        default="signature-verification",
        validator=Const("signature-verification"),
        metadata=field_info("action", guessed=True),
    )
    """The name of the action.

    Always "signature-verification". Source: cloud-client, sdk-guide; confidence medium. Not on the
    page. That the action exists is told by the SDK guide; its name and fields are known from a
    client.
    """


@frozen(kw_only=True)
class ReferralContact(Struct):
    """A way to reach those who can authorise the payment.

    Source: #/components/schemas/ReferralContact (api-4.0.1; confidence high).
    """

    method: ContactMethod | None = attrs.field(
        default=None, validator=optional(Choice(ContactMethod)), metadata=field_info("method")
    )
    """How a contact is reached.

    Source: api-4.0.1, example; confidence medium. Other methods are not known.
    """

    value: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("value")
    )
    """Where to reach them by this method, such as the number to call.

    Source: api-4.0.1; confidence high.
    """


@frozen(kw_only=True)
class VoiceAuthorisationRequired(Struct):
    """The payment was referred: call one of the contacts and obtain an authorisation code.

    Source: #/components/schemas/VoiceAuthorisationRequired (api-4.0.1, project; confidence
    invented). The fields are the documentation's. No list of required fields is published; that
    only what the message would mean nothing without is required is decided here.
    """

    action: Literal["voice-authorisation"] = attrs.field(
        init=False,
        default="voice-authorisation",
        validator=Const("voice-authorisation"),
        metadata=field_info("action"),
    )
    """The name of the action.

    Always "voice-authorisation". Source: api-4.0.1; confidence high.
    """

    merchant: Merchant | None = attrs.field(
        default=None, validator=optional(Of(Merchant)), metadata=field_info("merchant")
    )
    """The merchant to name in the call.

    Source: api-4.0.1; confidence high.
    """

    referral_contacts: tuple[ReferralContact, ...] | None = attrs.field(
        default=None,
        validator=optional(Items(Of(ReferralContact))),
        metadata=field_info("referralContacts"),
    )
    """Whom to ask for the authorisation.

    Source: api-4.0.1; confidence high.
    """


RequiredAction: TypeAlias = (
    VoiceAuthorisationRequired
    | SignatureVerificationRequired
    | AvsConfirmationRequired
    | Unrecognised
)
"""The action that is asked for. The tag is `action`; new actions may appear.

The tag is 'action'. New members are expected: one with an unknown tag is kept as `Unrecognised`.

Source: #/components/schemas/RequiredAction (api-4.0.1, cloud-client, sdk-guide; confidence medium).
The page shows voice-authorisation. A further action, entry of a cashback amount, is known to have
existed in 2020; its name and fields are not, so it arrives as unknown.
"""

REQUIRED_ACTION = TaggedUnion(
    "action",
    VoiceAuthorisationRequired,
    SignatureVerificationRequired,
    AvsConfirmationRequired,
    open=True,
)


@frozen(kw_only=True)
class PaymentActionRequired(Struct):
    """Asks the merchant for an action. The payment waits for its confirmation.

    Source: #/components/schemas/PaymentActionRequired (api-4.0.1, project; confidence invented).
    The fields are the documentation's. No list of required fields is published; that only what the
    message would mean nothing without is required is decided here.
    """

    data: RequiredAction = attrs.field(
        validator=REQUIRED_ACTION, metadata=field_info("data", guessed=True)
    )
    """The action that is asked for. The tag is `action`; new actions may appear.

    One of `VoiceAuthorisationRequired`, `SignatureVerificationRequired`, `AvsConfirmationRequired`.
    Source: api-4.0.1, cloud-client, sdk-guide; confidence medium. The page shows
    voice-authorisation. A further action, entry of a cashback amount, is known to have existed in
    2020; its name and fields are not, so it arrives as unknown.
    """

    merchant_transaction_reference: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$")),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """


@frozen(kw_only=True)
class PaymentCancellation(Struct):
    """Cancels a payment, which its references and its card identify.

    They are those of its result.

    Source: #/components/schemas/PaymentCancellation (api-4.0.1, example; confidence medium). No
    list of required fields is published; this one is read from the example. That the merchant's
    reference is the original one is an inference too.
    """

    merchant_transaction_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$"),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    gateway_transaction_reference: str = attrs.field(
        validator=Text(min_length=12, max_length=22, pattern="^[a-zA-Z0-9]{12,22}$"),
        metadata=field_info("gatewayTransactionReference", guessed=True),
    )
    """The payment gateway's reference for the transaction: 12 to 22 letters and digits.

    Limits: 12 to 22 characters, pattern `^[a-zA-Z0-9]{12,22}$`. Source: api-4.0.1, bill-api;
    confidence medium.
    """

    payment_instrument: OriginalCard = attrs.field(
        validator=Of(OriginalCard), metadata=field_info("paymentInstrument", guessed=True)
    )
    """The card of the payment to settle or cancel, as its result showed it.

    Source: api-4.0.1, example; confidence medium. No list of required fields is published; this one
    is read from the examples.
    """


@frozen(kw_only=True)
class PaymentComplete(Struct):
    """Says that the payment process is complete. The payload is empty.

    Source: #/components/schemas/PaymentComplete (api-4.0.1; confidence high).
    """


@frozen(kw_only=True)
class PaymentNotification(Struct):
    """Tells how the payment is going. Nothing is to be answered.

    Source: #/components/schemas/PaymentNotification (api-4.0.1, project; confidence invented). The
    fields are the documentation's. No list of required fields is published; that only what the
    message would mean nothing without is required is decided here.
    """

    notification_text: str = attrs.field(validator=Text(), metadata=field_info("notificationText"))
    """A text to show to the member of staff, in the language of the paypoint. Never read an outcome
    from it.

    Source: api-4.0.1, release-notes; confidence high.
    """

    merchant_transaction_reference: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$")),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    stage: NotificationStage | None = attrs.field(
        default=None,
        validator=optional(Choice(NotificationStage)),
        metadata=field_info("stage", guessed=True),
    )
    """INVENTED. How far the payment is.

    Source: project; confidence invented.
    """


class ReportedPaymentType(OpenStrEnum):
    """What a reported payment was.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/ReportedPaymentType (api-4.0.1, bill-api; confidence medium). The
    page's example shows sale; the others are the sibling API's.
    """

    CANCEL = "cancel"
    """The cancellation of an earlier sale, refund or pre-authorisation."""
    CHECK_CARD = "check-card"
    """A card check without a payment."""
    CHECK_CARD_PAYMENT = "check-card-payment"
    """A card check that waits for the payment on this card."""
    PRE_AUTH = "pre-auth"
    """A pre-authorisation, to be settled later."""
    REFUND = "refund"
    """A refund."""
    SALE = "sale"
    """A sale."""
    SETTLE = "settle"
    """The settlement of an earlier pre-authorisation."""


class Result(OpenStrEnum):
    """The result of a payment in detail. Its outcome says which kind it is.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/Result (api-4.0.1, bill-api, cloud-client; confidence medium). The
    page's example shows authorised-online. The union of the sibling API's list and a client's; the
    grouping by outcome is the client's, that of pre-auth-completed and rejected-pre-auth is by name
    only.
    """

    ABORTED = "aborted"
    """Failed: ended unexpectedly."""
    ABORTED_BUSY = "aborted-busy"
    """Failed: the system is busy."""
    ABORTED_DEVICE_UNAVAILABLE = "aborted-device-unavailable"
    """Failed: no payment device is available."""
    AUTH_COMPLETED = "auth-completed"
    """Pending: authorised, but perhaps not yet saved at the gateway."""
    AUTHORISED_OFFLINE = "authorised-offline"
    """Succeeded: accepted locally by the payment server."""
    AUTHORISED_ONLINE = "authorised-online"
    """Succeeded: authorised by the issuer, the card scheme or the acquirer."""
    AUTHORISED_REFERRAL = "authorised-referral"
    """Succeeded: accepted on the authorisation code of a referral."""
    CANCELLED = "cancelled"
    """Failed: cancelled by the merchant or the customer."""
    DENIED_CASHBACK = "denied-cashback"
    """Failed: the cashback is not allowed."""
    DENIED_TRANSACTION = "denied-transaction"
    """Failed: the transaction is not allowed."""
    FAILED = "failed"
    """Failed, for no reason that is told."""
    IN_PROGRESS = "in-progress"
    """Pending: the authorisation is running."""
    INVALID_AMOUNT = "invalid-amount"
    """Failed: the amount is not valid."""
    INVALID_CARD_EXPIRY_DATE = "invalid-card-expiry-date"
    """Failed: the expiry date is not valid."""
    INVALID_CARD_NUMBER = "invalid-card-number"
    """Failed: the card number is not valid."""
    INVALID_EXPIRED_CARD = "invalid-expired-card"
    """Failed: the card has expired."""
    INVALID_GATEWAY_TRANSACTIONS_REFERENCE = "invalid-gateway-transactions-reference"
    """Failed: the gateway transaction reference is not valid."""
    INVALID_ISSUE_NUMBER = "invalid-issue-number"
    """Failed: the issue number is not valid."""
    INVALID_MERCHANT = "invalid-merchant"
    """Failed: the merchant is not valid."""
    INVALID_MERCHANT_STATUS = "invalid-merchant-status"
    """Failed: the status of the merchant does not allow it."""
    INVALID_OPERATION = "invalid-operation"
    """Failed: the operation is not valid."""
    INVALID_TERMINAL = "invalid-terminal"
    """Failed: the terminal is not valid."""
    INVALID_TRANSACTION_STATE = "invalid-transaction-state"
    """Failed: the state of the transaction does not allow what was asked for."""
    KEYED_RECOVERY_SUCCESS = "keyed-recovery-success"
    """Succeeded: stored by the gateway for settlement."""
    PRE_AUTH_COMPLETED = "pre-auth-completed"
    """Succeeded, by its name: the pre-authorisation is complete."""
    PRE_VALID_CARD = "pre-valid-card"
    """Failed: the card is not valid yet."""
    REFUSED_AVS_REQUIRED = "refused-avs-required"
    """Refused: address verification is needed and was not given."""
    REFUSED_DO_NOT_REATTEMPT = "refused-do-not-reattempt"
    """Refused: do not try this card again."""
    REFUSED_OFFLINE = "refused-offline"
    """Refused by the payment server."""
    REFUSED_ONLINE = "refused-online"
    """Refused by the issuer, the card scheme or the acquirer."""
    REFUSED_ONLINE_CAPTURE_CARD = "refused-online-capture-card"
    """Refused online, and the card is to be kept."""
    REJECTED_CARD_EXPIRY_DATE_NOT_MATCHED = "rejected-card-expiry-date-not-matched"
    """Failed: the expiry date to settle or cancel with is not that of the payment."""
    REJECTED_CARD_NOT_ACCEPTED = "rejected-card-not-accepted"
    """Failed: the card is not accepted."""
    REJECTED_CARD_NUMBER_NOT_MATCHED = "rejected-card-number-not-matched"
    """Failed: the card number to settle or cancel with is not that of the payment."""
    REJECTED_PRE_AUTH = "rejected-pre-auth"
    """Failed, by its name: the pre-authorisation was rejected."""
    STARTED = "started"
    """Pending: the process has started."""
    SUCCEEDED = "succeeded"
    """Succeeded: the abort, cancellation or settlement was done."""


@frozen(kw_only=True)
class ResultValue(Struct):
    """The amounts of a payment.

    Source: #/components/schemas/ResultValue (api-4.0.1, bill-api; confidence medium). The sibling
    API's copy of this schema requires the amount, and the currency too; that the currency is always
    there is not known of this API.
    """

    amount: int = attrs.field(
        validator=Integer(minimum=0, maximum=999999999),
        metadata=field_info("amount", guessed=True, unit="currency-minor"),
    )
    """The amount of the payment in the minor unit of `currencyCode`, 0 to 999999999. It is probably
    the total, with cashback, gratuity and donation.

    Unit: minor units of `currency_code`. Source: bill-api, cashback, pennies; confidence medium.
    The product pages add cashback and donation to the value of the transaction, and the example
    converts the whole amount.
    """

    cashback_amount: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=0, maximum=999999999)),
        metadata=field_info("cashbackAmount", guessed=True, unit="currency-minor"),
    )
    """The cash paid out, in the minor unit of `currencyCode`, 0 to 999999999.

    Unit: minor units of `currency_code`. Source: bill-api, cashback; confidence medium.
    """

    currency_code: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=3, max_length=3)),
        metadata=field_info("currencyCode", guessed=True),
    )
    """A currency as three letters of ISO 4217, such as GBP.

    Limits: exactly 3 characters. Source: api-4.0.1, bill-api, standard; confidence medium.
    """

    dcc: DynamicCurrencyConversion | None = attrs.field(
        default=None, validator=optional(Of(DynamicCurrencyConversion)), metadata=field_info("dcc")
    )
    """The conversion into the cardholder's currency, if there was one.

    Source: api-4.0.1, bill-api; confidence high.
    """

    donation_amount: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=0, maximum=999999999)),
        metadata=field_info("donationAmount", guessed=True, unit="currency-minor"),
    )
    """The donation to charity, in the minor unit of `currencyCode`, 0 to 999999999.

    Unit: minor units of `currency_code`. Source: bill-api, pennies; confidence medium.
    """

    gratuity_amount: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=0, maximum=999999999)),
        metadata=field_info("gratuityAmount", guessed=True, unit="currency-minor"),
    )
    """The gratuity, in the minor unit of `currencyCode`, 0 to 999999999.

    Unit: minor units of `currency_code`. Source: bill-api; confidence medium.
    """


class PosEntryMode(OpenStrEnum):
    """How the card was read, 1 to 50 letters, digits and hyphens.

    New values appear without notice.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/PosEntryMode (api-4.0.1, bill-api, cloud-client; confidence high).
    """

    CARDHOLDER_NOT_PRESENT = "cardholder-not-present"
    """The cardholder was not there."""
    CONTACTLESS_CHIP = "contactless-chip"
    """The chip was read without contact."""
    CONTACTLESS_MAGSTRIPE = "contactless-magstripe"
    """Magnetic stripe data was read without contact."""
    CONTACTLESS_ON_DEVICE = "contactless-on-device"
    """A device such as a telephone was read without contact."""
    INTEGRATED_CIRCUIT_CHIP = "integrated-circuit-chip"
    """The chip was inserted."""
    KEYED = "keyed"
    """The number was keyed in."""
    MAGSTRIPE = "magstripe"
    """The magnetic stripe was swiped."""


class UsedInstrumentType(OpenStrEnum):
    """The kind of instrument that was paid with.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/UsedInstrumentType (api-4.0.1, bill-api, project; confidence
    medium). The page's example shows card/present, the sibling API lists the first four. The last
    two are sent in requests; that they come back is not known.
    """

    CARD = "card"
    """A card, when a payment was settled or cancelled."""
    CARD_KEYED = "card/keyed"
    """A card whose number was keyed in."""
    CARD_KEYED_RECOVERY = "card/keyed-recovery"
    """A sale entered again with its authorisation code."""
    CARD_NOT_PRESENT = "card/not-present"
    """A card of a payer who was not there."""
    CARD_PRESENT = "card/present"
    """A card that was presented to the payment device."""
    CARD_TOKEN = "card/token"
    """A card on file."""


@frozen(kw_only=True)
class UsedInstrument(Struct):
    """What was paid with, and how it was read and verified.

    Source: #/components/schemas/UsedInstrument (api-4.0.1, bill-api; confidence high). The sibling
    API's copy of this schema requires the type; that it is always there is not known of this API.
    """

    authorisation: Authorisation | None = attrs.field(
        default=None, validator=optional(Of(Authorisation)), metadata=field_info("authorisation")
    )
    """What the authorisation of the payment returned.

    Source: api-4.0.1, bill-api; confidence high.
    """

    balance: Balance | None = attrs.field(
        default=None, validator=optional(Of(Balance)), metadata=field_info("balance")
    )
    """What is left on the card, presumably on gift and prepaid cards.

    Source: api-4.0.1; confidence high.
    """

    card: Card | None = attrs.field(
        default=None, validator=optional(Of(Card)), metadata=field_info("card")
    )
    """The card that was used. What is not known of it is left out.

    Source: api-4.0.1, bill-api; confidence high.
    """

    card_verification_method: CardVerificationMethod | None = attrs.field(
        default=None,
        validator=optional(
            Choice(
                CardVerificationMethod, min_length=1, max_length=50, pattern="^[a-zA-Z0-9-]{1,50}$"
            )
        ),
        metadata=field_info("cardVerificationMethod"),
    )
    """How the cardholder was verified, 1 to 50 letters, digits and hyphens. New values appear
    without notice.

    Limits: 1 to 50 characters, pattern `^[a-zA-Z0-9-]{1,50}$`. Source: api-4.0.1, bill-api,
    cloud-client; confidence high.
    """

    debug: Debug | None = attrs.field(
        default=None, validator=optional(Of(Debug)), metadata=field_info("debug")
    )
    """Details of a chip payment, for finding faults only.

    Source: api-4.0.1, bill-api; confidence high.
    """

    is_handled_online: bool | None = attrs.field(
        default=None, validator=optional(Boolean()), metadata=field_info("isHandledOnline")
    )
    """Whether the payment should be performed online; in a result, whether it was.

    Source: api-4.0.1, bill-api; confidence high.
    """

    pos_entry_mode: PosEntryMode | None = attrs.field(
        default=None,
        validator=optional(
            Choice(PosEntryMode, min_length=1, max_length=50, pattern="^[a-zA-Z0-9-]{1,50}$")
        ),
        metadata=field_info("posEntryMode"),
    )
    """How the card was read, 1 to 50 letters, digits and hyphens. New values appear without notice.

    Limits: 1 to 50 characters, pattern `^[a-zA-Z0-9-]{1,50}$`. Source: api-4.0.1, bill-api,
    cloud-client; confidence high.
    """

    type: UsedInstrumentType | None = attrs.field(
        default=None, validator=optional(Choice(UsedInstrumentType)), metadata=field_info("type")
    )
    """The kind of instrument that was paid with.

    Source: api-4.0.1, bill-api, project; confidence medium. The page's example shows card/present,
    the sibling API lists the first four. The last two are sent in requests; that they come back is
    not known.
    """


@frozen(kw_only=True)
class PaymentOutcome(Struct):
    """What became of one payment.

    Source: #/components/schemas/PaymentOutcome (api-4.0.1, bill-api; confidence high). The sibling
    API's copy of this schema requires the payment type, the time, the result and the merchant's
    reference. That they are always there is not known of this API, and a result that lacks one is
    still a result.
    """

    eft_sequence_number: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=1)),
        metadata=field_info("eftSequenceNumber", guessed=True),
    )
    """Number of the transaction in the terminal's sequence, from 1.

    Limits: at least 1. Source: bill-api; confidence medium.
    """

    gateway_transaction_reference: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=12, max_length=22, pattern="^[a-zA-Z0-9]{12,22}$")),
        metadata=field_info("gatewayTransactionReference", guessed=True),
    )
    """The payment gateway's reference for the transaction, 12 to 22 letters and digits. It is there
    for payments processed online and is needed to settle or cancel them.

    Limits: 12 to 22 characters, pattern `^[a-zA-Z0-9]{12,22}$`. Source: api-4.0.1, bill-api;
    confidence medium.
    """

    merchant: Merchant | None = attrs.field(
        default=None, validator=optional(Of(Merchant)), metadata=field_info("merchant")
    )
    """The merchant that the payment is taken for.

    Source: api-4.0.1, bill-api; confidence high. The sibling API requires the identifier; that it
    is always there is not known of this one.
    """

    merchant_transaction_reference: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$")),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    outcome: Outcome | None = attrs.field(
        default=None,
        validator=optional(Choice(Outcome)),
        metadata=field_info("outcome", guessed=True),
    )
    """The kind of result. When it is missing, the result alone tells.

    Source: api-4.0.1, cloud-client; confidence medium. Newer than the sibling API's copy, so not
    known to be always there.
    """

    payment_instrument: UsedInstrument | None = attrs.field(
        default=None,
        validator=optional(Of(UsedInstrument)),
        metadata=field_info("paymentInstrument"),
    )
    """What was paid with, and how it was read and verified.

    Source: api-4.0.1, bill-api; confidence high. The sibling API's copy of this schema requires the
    type; that it is always there is not known of this API.
    """

    payment_type: ReportedPaymentType | None = attrs.field(
        default=None,
        validator=optional(Choice(ReportedPaymentType)),
        metadata=field_info("paymentType"),
    )
    """What a reported payment was.

    Source: api-4.0.1, bill-api; confidence medium. The page's example shows sale; the others are
    the sibling API's.
    """

    paypoint: Paypoint | None = attrs.field(
        default=None, validator=optional(Of(Paypoint)), metadata=field_info("paypoint")
    )
    """The paypoint and its terminal that handled the request.

    Source: api-4.0.1; confidence high.
    """

    receipt_customer_declaration: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=50)),
        metadata=field_info("receiptCustomerDeclaration", guessed=True),
    )
    """A line to print in which the customer agrees to the payment, 1 to 50 characters.

    Source: bill-api; confidence medium.
    """

    receipt_number: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=1, maximum=9999999999)),
        metadata=field_info("receiptNumber", guessed=True),
    )
    """Number of the receipt, 1 to 9999999999.

    Source: bill-api; confidence medium.
    """

    receipt_retention_reminder: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=50)),
        metadata=field_info("receiptRetentionReminder", guessed=True),
    )
    """A line to print that asks to keep the receipt, 1 to 50 characters.

    Source: bill-api; confidence medium.
    """

    result: Result | None = attrs.field(
        default=None, validator=optional(Choice(Result)), metadata=field_info("result")
    )
    """The result of a payment in detail. Its outcome says which kind it is.

    Source: api-4.0.1, bill-api, cloud-client; confidence medium. The page's example shows
    authorised-online. The union of the sibling API's list and a client's; the grouping by outcome
    is the client's, that of pre-auth-completed and rejected-pre-auth is by name only.
    """

    retrieval_reference_number: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=1, maximum=9999999999)),
        metadata=field_info("retrievalReferenceNumber", guessed=True),
    )
    """Number by which the transaction is found again at the acquirer, 1 to 9999999999.

    Source: bill-api; confidence medium.
    """

    tax_free_voucher: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text()),
        metadata=field_info("taxFreeVoucher", sensitive=True),
    )
    """A tax free voucher to print, UTF-8 in base64. Each line starts with a command of two digits;
    accept CR, LF and CRLF as its end. 01 prints the logo; 02 to 10 print the text that follows
    large bold (02), large underlined (03), underlined (04), plain (05), bold (06), wide (07),
    right-aligned (08), centred (09), large bold centred (10); 11 prints an interleaved 2-of-5
    barcode; 12 is a carriage return; 13 cuts the paper; 50 loads another voucher; 51 prints a copy;
    after 61 the remainder is encrypted and in base64: decrypt it and print it plain. .

    Format: byte. Sensitive: kept out of repr, logs and error texts. Source: api-4.0.1, bill-api;
    confidence high.
    """

    transaction_date_time: DateTime | None = attrs.field(
        default=None, validator=optional(DateTimeText()), metadata=field_info("transactionDateTime")
    )
    """When the transaction took place, with its offset from UTC.

    Source: api-4.0.1, bill-api; confidence high.
    """

    value: ResultValue | None = attrs.field(
        default=None, validator=optional(Of(ResultValue)), metadata=field_info("value")
    )
    """The amounts of a payment.

    Source: api-4.0.1, bill-api; confidence medium. The sibling API's copy of this schema requires
    the amount, and the currency too; that the currency is always there is not known of this API.
    """


class ReceiptType(OpenStrEnum):
    """Whom a receipt is for.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/ReceiptType (api-4.0.1, cloud-client, sdk-guide; confidence high).
    These two are all that is known. The list is shared by the query and the receipt and is left
    open, so that a receipt of another type is not lost.
    """

    CUSTOMER = "customer"
    """The copy for the customer."""
    MERCHANT = "merchant"
    """The copy for the merchant, also when it is to be signed."""


@frozen(kw_only=True)
class PaymentReceipt(Struct):
    """One receipt to print.

    Source: #/components/schemas/PaymentReceipt (api-4.0.1, project; confidence invented). The
    fields are the documentation's. No list of required fields is published; that only what the
    message would mean nothing without is required is decided here.
    """

    content: str = attrs.field(
        repr=False, validator=Text(), metadata=field_info("content", sensitive=True)
    )
    """The text of the receipt, UTF-8 in base64.

    Format: byte. Sensitive: kept out of repr, logs and error texts. Source: api-4.0.1, example;
    confidence high. The encoding is deduced from the example, which decodes to readable text.
    """

    merchant_transaction_reference: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$")),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    type: ReceiptType | None = attrs.field(
        default=None,
        validator=optional(Choice(ReceiptType)),
        metadata=field_info("type", guessed=True),
    )
    """Whom a receipt is for.

    Source: api-4.0.1, cloud-client, sdk-guide; confidence high. These two are all that is known.
    The list is shared by the query and the receipt and is left open, so that a receipt of another
    type is not lost.
    """


@frozen(kw_only=True)
class PaymentReceiptQuery(Struct):
    """Asks for a receipt of the last payment, if it has this reference.

    Source: #/components/schemas/PaymentReceiptQuery (api-4.0.1, example; confidence medium). The
    page requires the reference; that the type is required is read from the example.
    """

    merchant_transaction_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$"),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    type: ReceiptType = attrs.field(
        validator=Choice(ReceiptType), metadata=field_info("type", guessed=True)
    )
    """Whom a receipt is for.

    Source: api-4.0.1, cloud-client, sdk-guide; confidence high. These two are all that is known.
    The list is shared by the query and the receipt and is left open, so that a receipt of another
    type is not lost.
    """


class PaymentType(StrEnum):
    """What a payment request asks for.

    Source: #/components/schemas/PaymentType (api-4.0.1, bill-api; confidence high). The values are
    those of the examples; the meanings are the sibling API's. How the payment after
    check-card-payment is sent is not known.
    """

    SALE = "sale"
    """Authorise the amount and settle it."""
    REFUND = "refund"
    """Authorise the amount and settle it to the customer."""
    PRE_AUTH = "pre-auth"
    """Authorise the amount now; settle it later with a settlement of its own."""
    CHECK_CARD = "check-card"
    """Read the details of the card without a payment."""
    CHECK_CARD_PAYMENT = "check-card-payment"
    """Read the details of the card, then wait for the payment on this card."""
    BALANCE_ENQUIRY = "balance-enquiry"
    """INVENTED. Ask what a prepaid card holds."""


@frozen(kw_only=True)
class PaymentRequest(Struct):
    """Asks for one payment.

    Source: #/components/schemas/PaymentRequest (api-4.0.1, example; confidence medium). No list of
    required fields is published; this one is read from the examples.
    """

    payment_type: PaymentType = attrs.field(
        validator=Choice(PaymentType), metadata=field_info("paymentType", guessed=True)
    )
    """What a payment request asks for.

    Source: api-4.0.1, bill-api; confidence high. The values are those of the examples; the meanings
    are the sibling API's. How the payment after check-card-payment is sent is not known.
    """

    merchant_transaction_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$"),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    instruction: Instruction = attrs.field(
        validator=Of(Instruction), metadata=field_info("instruction", guessed=True)
    )
    """What is to be paid, and how.

    Source: api-4.0.1, example; confidence medium. No list of required fields is published; this one
    is read from the examples.
    """

    merchant_note: str | None = attrs.field(
        default=None,
        validator=optional(Text(max_length=40)),
        metadata=field_info("merchantNote", guessed=True),
    )
    """INVENTED. A note that the receipt repeats.

    Limits: at most 40 characters. Source: project; confidence invented.
    """


@frozen(kw_only=True)
class PaymentResult(Struct):
    """The outcome of what was asked for.

    Source: #/components/schemas/PaymentResult (api-4.0.1, project; confidence invented). The fields
    are the documentation's. No list of required fields is published; that only what the message
    would mean nothing without is required is decided here.
    """

    payments: tuple[PaymentOutcome, ...] = attrs.field(
        validator=Items(Of(PaymentOutcome)), metadata=field_info("payments", guessed=True)
    )
    """The payments that were handled. One is usual; none and several are not ruled out.

    Source: api-4.0.1, project; confidence invented. The fields are the documentation's. No list of
    required fields is published; that only what the message would mean nothing without is required
    is decided here.
    """


@frozen(kw_only=True)
class PaymentResultQuery(Struct):
    """Asks for the result of the last payment, if it has this reference.

    Source: #/components/schemas/PaymentResultQuery (api-4.0.1; confidence high).
    """

    merchant_transaction_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$"),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """


@frozen(kw_only=True)
class PaymentSettlement(Struct):
    """Settles a pre-authorised payment, which its references and its card identify.

    They are those of its result.

    Source: #/components/schemas/PaymentSettlement (api-4.0.1, example; confidence medium). No list
    of required fields is published; this one is read from the examples.
    """

    merchant_transaction_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[a-zA-Z0-9_-]{1,30}$"),
        metadata=field_info("merchantTransactionReference"),
    )
    """The merchant's own reference for the transaction: 1 to 30 letters, digits, hyphens and
    underscores. Use a new one for each payment and store it before sending, since results and
    receipts are asked for by it.

    Limits: 1 to 30 characters, pattern `^[a-zA-Z0-9_-]{1,30}$`. Source: api-4.0.1, bill-api;
    confidence high. The published pattern is escaped twice and would let a backslash through; this
    is the intended one.
    """

    gateway_transaction_reference: str = attrs.field(
        validator=Text(min_length=12, max_length=22, pattern="^[a-zA-Z0-9]{12,22}$"),
        metadata=field_info("gatewayTransactionReference", guessed=True),
    )
    """The payment gateway's reference for the transaction: 12 to 22 letters and digits.

    Limits: 12 to 22 characters, pattern `^[a-zA-Z0-9]{12,22}$`. Source: api-4.0.1, bill-api;
    confidence medium.
    """

    payment_instrument: OriginalCard = attrs.field(
        validator=Of(OriginalCard), metadata=field_info("paymentInstrument", guessed=True)
    )
    """The card of the payment to settle or cancel, as its result showed it.

    Source: api-4.0.1, example; confidence medium. No list of required fields is published; this one
    is read from the examples.
    """

    value: RequestValue = attrs.field(
        validator=Of(RequestValue), metadata=field_info("value", guessed=True)
    )
    """The amount to settle, which may be less than was authorised. Leave it out to settle all of
    it.

    Source: api-4.0.1, sdk-guide; confidence medium. That it is optional is told by the SDK guide.
    """
