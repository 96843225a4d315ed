# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""The examples of the document, as they would travel."""

from collections.abc import Mapping

import attrs

from stompws.descriptors import MessageType

from .operations import (
    BATCH_REPORT_MESSAGE,
    BATCH_REPORT_REQUEST_MESSAGE,
    DEVICE_RESTART_MESSAGE,
    DEVICE_RESTART_REQUEST_MESSAGE,
    DEVICE_STATUS_MESSAGE,
    ERROR_MESSAGE,
    OFFLINE_REPORT_MESSAGE,
    OFFLINE_REPORT_REQUEST_MESSAGE,
    PAYMENT_ABORT_MESSAGE,
    PAYMENT_ACTION_DONE_MESSAGE,
    PAYMENT_ACTION_REQUIRED_MESSAGE,
    PAYMENT_CANCELLATION_MESSAGE,
    PAYMENT_COMPLETE_MESSAGE,
    PAYMENT_NOTIFICATION_MESSAGE,
    PAYMENT_RECEIPT_MESSAGE,
    PAYMENT_RECEIPT_QUERY_MESSAGE,
    PAYMENT_REQUEST_MESSAGE,
    PAYMENT_RESULT_MESSAGE,
    PAYMENT_RESULT_QUERY_MESSAGE,
    PAYMENT_SETTLEMENT_MESSAGE,
    POINT_OF_SALE_REGISTRATION_MESSAGE,
    POINT_OF_SALE_REGISTRATION_REQUEST_MESSAGE,
    REGISTRATION_REFRESH_MESSAGE,
    REGISTRATION_REFRESH_REQUEST_MESSAGE,
    SERVICE_STATUS_MESSAGE,
)


@attrs.frozen(kw_only=True)
class Example:
    """An example of a message."""

    message: MessageType
    name: str
    title: str
    headers: Mapping[str, str] = attrs.field(hash=False)
    payload_text: str = attrs.field(repr=False)
    """The payload as JSON."""


EXAMPLES: tuple[Example, ...] = (
    Example(
        message=BATCH_REPORT_MESSAGE,
        name="batchReport",
        title="Batch report",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "batchNumber": 541505,\n'
            '  "batchReport": {\n'
            '    "fcr": 541505,\n'
            '    "report": [\n'
            "      {\n"
            '        "cardScheme": "Visa",\n'
            '        "creditCount": 7,\n'
            '        "creditTotals": 4726400,\n'
            '        "debitCount": 33,\n'
            '        "debitTotals": 20372600\n'
            "      }\n"
            "    ],\n"
            '    "reportDate": "2019-08-24T14:15:22Z"\n'
            "  },\n"
            '  "currencyCode": "GBP",\n'
            '  "paypoint": {\n'
            '    "paypointId": "INST001",\n'
            '    "terminalId": "987654321"\n'
            "  },\n"
            '  "refundCount": 8,\n'
            '  "refundTotalAmount": 4795900,\n'
            '  "saleCount": 71,\n'
            '  "saleTotalAmount": 24509900\n'
            "}"
        ),
    ),
    Example(
        message=BATCH_REPORT_REQUEST_MESSAGE,
        name="xReport",
        title="X report",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=('{\n  "closeBatch": false\n}'),
    ),
    Example(
        message=DEVICE_RESTART_MESSAGE,
        name="restartInitiated",
        title="Restart initiated",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=('{\n  "result": "initiated"\n}'),
    ),
    Example(
        message=DEVICE_RESTART_REQUEST_MESSAGE,
        name="restartDevice",
        title="Restart device",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text="{}",
    ),
    Example(
        message=DEVICE_STATUS_MESSAGE,
        name="deviceConnected",
        title="Device connected",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "paymentDevice": {\n'
            '    "deviceSerialNumber": "A123-4567890"\n'
            "  },\n"
            '  "paypoint": {\n'
            '    "paypointId": "INST001",\n'
            '    "terminalId": "987654321"\n'
            "  },\n"
            '  "status": "connected"\n'
            "}"
        ),
    ),
    Example(
        message=ERROR_MESSAGE,
        name="missingRequiredField",
        title="Missing required field",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "code": "10001",\n'
            '  "message": "The required field \'paymentInstrument.type\' is missing"\n'
            "}"
        ),
    ),
    Example(
        message=OFFLINE_REPORT_MESSAGE,
        name="storedOfflineTransactions",
        title="Stored offline transactions",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "count": 5,\n'
            '  "paypoint": {\n'
            '    "paypointId": "INST001",\n'
            '    "terminalId": "987654321"\n'
            "  }\n"
            "}"
        ),
    ),
    Example(
        message=OFFLINE_REPORT_REQUEST_MESSAGE,
        name="requestOfflineReport",
        title="Request offline report",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text="{}",
    ),
    Example(
        message=PAYMENT_ABORT_MESSAGE,
        name="abortPayment",
        title="Abort payment",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=('{\n  "merchantTransactionReference": "MS123A54B3DF"\n}'),
    ),
    Example(
        message=PAYMENT_ACTION_DONE_MESSAGE,
        name="voiceAuthorisationObtained",
        title="Voice authorisation obtained",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "data": {\n'
            '    "action": "voice-authorisation",\n'
            '    "authorisationCode": "12345"\n'
            "  },\n"
            '  "merchantTransactionReference": "MS123A54B3DF"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_ACTION_REQUIRED_MESSAGE,
        name="voiceAuthorisationRequired",
        title="Voice authorisation required",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "data": {\n'
            '    "action": "voice-authorisation",\n'
            '    "merchant": {\n'
            '      "merchantId": "12345678"\n'
            "    },\n"
            '    "referralContacts": [\n'
            "      {\n"
            '        "method": "phone-number",\n'
            '        "value": "02011112222"\n'
            "      }\n"
            "    ]\n"
            "  },\n"
            '  "merchantTransactionReference": "MS123A54B3DF"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_CANCELLATION_MESSAGE,
        name="cancelPayment",
        title="Cancel payment",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "gatewayTransactionReference": "1234567890AB",\n'
            '  "merchantTransactionReference": "MS123A54B3DF",\n'
            '  "paymentInstrument": {\n'
            '    "cardExpiryDate": {\n'
            '      "month": 12,\n'
            '      "year": 20\n'
            "    },\n"
            '    "cardNumber": "492949XXXXXX0002",\n'
            '    "type": "card"\n'
            "  }\n"
            "}"
        ),
    ),
    Example(
        message=PAYMENT_COMPLETE_MESSAGE,
        name="paymentComplete",
        title="Payment complete",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text="{}",
    ),
    Example(
        message=PAYMENT_NOTIFICATION_MESSAGE,
        name="pleaseInsertCard",
        title="Please insert card",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "merchantTransactionReference": "MS123A54B3DF",\n'
            '  "notificationText": "PLEASE INSERT CARD"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_RECEIPT_MESSAGE,
        name="customerReceipt",
        title="Customer receipt",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "content": "RVhBTVBMRSBSRUNFSVBUIENPTlRFTlQ=",\n'
            '  "merchantTransactionReference": "MS123A54B3DF",\n'
            '  "type": "customer"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_RECEIPT_QUERY_MESSAGE,
        name="queryCustomerReceipt",
        title="Query customer receipt",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            '{\n  "merchantTransactionReference": "MS123A54B3DF",\n  "type": "customer"\n}'
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="cardPresentSale",
        title="Card present sale",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "type": "card/present"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 1099\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000001",\n'
            '  "paymentType": "sale"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="accountVerificationRequestStoringTheCardOnFileForAFutureRecurringPayment",
        title=(
            "Account verification request, storing the card on file for a future recurring payment"
        ),
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "tokenPurpose": "recurring",\n'
            '      "type": "card/present"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 0\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000001",\n'
            '  "paymentType": "sale"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="cardTokenSale",
        title="Card token sale",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "tokenId": "A1B2C3D4E5F6G7H",\n'
            '      "type": "card/token"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 1099\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000002",\n'
            '  "paymentType": "sale"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="cardKeyedRecoverySale",
        title="Card keyed recovery sale",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "authCode": "1234AA",\n'
            '      "type": "card/keyed-recovery"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 1099\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000004",\n'
            '  "paymentType": "sale"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="cardPresentRefund",
        title="Card present refund",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "type": "card/present"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 1099\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000005",\n'
            '  "paymentType": "refund"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="cardPresentCheckCardOnly",
        title="Card present check card only",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "isHandledOnline": true,\n'
            '      "type": "card/present"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 1099\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000007",\n'
            '  "paymentType": "check-card"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="cardPresentCheckCardWaitForPayment",
        title="Card present check card, wait for payment",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "isHandledOnline": true,\n'
            '      "type": "card/present"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 1099\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000008",\n'
            '  "paymentType": "check-card-payment"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_REQUEST_MESSAGE,
        name="cardPresentPreAuthorisation",
        title="Card present pre-authorisation",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "instruction": {\n'
            '    "paymentInstrument": {\n'
            '      "type": "card/present"\n'
            "    },\n"
            '    "value": {\n'
            '      "amount": 1099\n'
            "    }\n"
            "  },\n"
            '  "merchantTransactionReference": "MS1231000009",\n'
            '  "paymentType": "pre-auth"\n'
            "}"
        ),
    ),
    Example(
        message=PAYMENT_RESULT_MESSAGE,
        name="authorisedSale",
        title="Authorised sale",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "payments": [\n'
            "    {\n"
            '      "eftSequenceNumber": 1,\n'
            '      "gatewayTransactionReference": "1234567890AB",\n'
            '      "merchant": {\n'
            '        "address": {\n'
            '          "city": "City of London",\n'
            '          "countryCode": "GB",\n'
            '          "line1": "Worldpay",\n'
            '          "line2": "The Walbrook Building",\n'
            '          "line3": "25, Walbrook",\n'
            '          "postalCode": "EC4N 8AF",\n'
            '          "state": "Greater London"\n'
            "        },\n"
            '        "merchantId": "12345678",\n'
            '        "name": "Worldpay"\n'
            "      },\n"
            '      "merchantTransactionReference": "MS123A54B3DF",\n'
            '      "outcome": "succeeded",\n'
            '      "paymentInstrument": {\n'
            '        "authorisation": {\n'
            '          "authorisationCode": "12345",\n'
            '          "cvvResponseData": "422800"\n'
            "        },\n"
            '        "balance": {\n'
            '          "formattedAmount": "£25.00"\n'
            "        },\n"
            '        "card": {\n'
            '          "applicationEffectiveDate": "2019-08-24",\n'
            '          "applicationIdentifier": "A0000000031010",\n'
            '          "applicationLabel": "VISA BARCLAYCARD",\n'
            '          "cardNumber": "492949XXXXXX0002",\n'
            '          "countryCode": "826",\n'
            '          "expiryDate": {\n'
            '            "month": 12,\n'
            '            "year": 20\n'
            "          },\n"
            '          "issuerCode": "visa-debit",\n'
            '          "panSequenceNumber": "01",\n'
            '          "tokenId": "532931432DB44ABB5",\n'
            '          "track2Data": ";1234567890123445=99011200XXXX00000000?*",\n'
            '          "type": "debit"\n'
            "        },\n"
            '        "cardVerificationMethod": "pin-or-consumer-device",\n'
            '        "debug": {\n'
            '          "transactionStatusInfo": "F800",\n'
            '          "transactionVerificationResults": "4000008000"\n'
            "        },\n"
            '        "isHandledOnline": true,\n'
            '        "posEntryMode": "contactless-chip",\n'
            '        "type": "card/present"\n'
            "      },\n"
            '      "paymentType": "sale",\n'
            '      "paypoint": {\n'
            '        "paypointId": "INST001",\n'
            '        "terminalId": "987654321"\n'
            "      },\n"
            '      "receiptCustomerDeclaration": "PLEASE DEBIT MY ACCOUNT",\n'
            '      "receiptNumber": 1,\n'
            '      "receiptRetentionReminder": "PLEASE KEEP THIS RECEIPT FOR YOUR RECORDS",\n'
            '      "result": "authorised-online",\n'
            '      "retrievalReferenceNumber": 1,\n'
            '      "taxFreeVoucher": "MDEKMDJWT1VDSEVSCjEyCjA2RVhBTVBMRSBDT05URU5UCjEz",\n'
            '      "transactionDateTime": "2019-08-24T14:15:22Z",\n'
            '      "value": {\n'
            '        "amount": 3000,\n'
            '        "cashbackAmount": 2000,\n'
            '        "currencyCode": "GBP",\n'
            '        "dcc": {\n'
            '          "conversionRate": 1.11647,\n'
            '          "convertedAmount": 3349,\n'
            '          "convertedCurrencyCode": "GBP"\n'
            "        },\n"
            '        "donationAmount": 54,\n'
            '        "gratuityAmount": 450\n'
            "      }\n"
            "    }\n"
            "  ]\n"
            "}"
        ),
    ),
    Example(
        message=PAYMENT_RESULT_QUERY_MESSAGE,
        name="queryPaymentResult",
        title="Query payment result",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=('{\n  "merchantTransactionReference": "MS123A54B3DF"\n}'),
    ),
    Example(
        message=PAYMENT_SETTLEMENT_MESSAGE,
        name="settlePreAuthorisedPayment",
        title="Settle pre-authorised payment",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "gatewayTransactionReference": "1234567890AB",\n'
            '  "merchantTransactionReference": "MS123A54B3DF",\n'
            '  "paymentInstrument": {\n'
            '    "cardExpiryDate": {\n'
            '      "month": 12,\n'
            '      "year": 20\n'
            "    },\n"
            '    "cardNumber": "492949XXXXXX0002",\n'
            '    "type": "card"\n'
            "  },\n"
            '  "value": {\n'
            '    "amount": 1099\n'
            "  }\n"
            "}"
        ),
    ),
    Example(
        message=POINT_OF_SALE_REGISTRATION_MESSAGE,
        name="licenseKey",
        title="License key",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "pointOfSaleLicenseKey": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM'
            "0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fw"
            'pMeJf36POk6yJV_adQssw5c"\n'
            "}"
        ),
    ),
    Example(
        message=POINT_OF_SALE_REGISTRATION_REQUEST_MESSAGE,
        name="newPointOfSale",
        title="New point of sale",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "pointOfSaleActivationCode": "AV46HTR3",\n'
            '  "pointOfSaleId": "D45FGT",\n'
            '  "pointOfSaleReference": "POS123"\n'
            "}"
        ),
    ),
    Example(
        message=REGISTRATION_REFRESH_MESSAGE,
        name="refreshedLicenseKey",
        title="Refreshed license key",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=(
            "{\n"
            '  "pointOfSaleLicenseKey": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM'
            "0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fw"
            'pMeJf36POk6yJV_adQssw5c"\n'
            "}"
        ),
    ),
    Example(
        message=REGISTRATION_REFRESH_REQUEST_MESSAGE,
        name="refreshRegistration",
        title="Refresh registration",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text="{}",
    ),
    Example(
        message=SERVICE_STATUS_MESSAGE,
        name="serviceNotBusy",
        title="Service not busy",
        headers={
            "x-wp-correlation-id": "e2c3ee97-e8c6-4850-a43f-23f40c2d6c77",
            "x-wp-message-id": "2bb6fd10-731f-4367-8a40-8f66007a4935",
            "x-wp-publisher-id": "bd2a863a-c86d-4218-8fe6-83514976c2fe",
        },
        payload_text=('{\n  "status": "not-busy"\n}'),
    ),
)
"""All examples, by message."""
