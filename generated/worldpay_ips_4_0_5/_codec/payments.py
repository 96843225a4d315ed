# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Codec of the messages in `payments`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import ARRAY, BOOLEANS, NO_FIELDS, OBJECT, TUPLE, Date, DateTime, Decimal, Misfit, field_reader, fragment, grown, maker, members, number, quote, quoted, quoted_right, right, searcher, texts, texts_right, unknown, unrecognised

from ..messages import payments as types
from . import common as codec_common

type_Address: Any = types.Address
new_Address = maker(globals(), "new_Address", types.Address)
names_Address = frozenset(('city', 'countryCode', 'line1', 'line2', 'line3', 'postalCode', 'state',))
type_Authorisation: Any = types.Authorisation
new_Authorisation = maker(globals(), "new_Authorisation", types.Authorisation)
names_Authorisation = frozenset(('authorisationCode', 'cvvResponseData',))
type_AvsConfirmationDone: Any = types.AvsConfirmationDone
new_AvsConfirmationDone = maker(globals(), "new_AvsConfirmationDone", types.AvsConfirmationDone)
names_AvsConfirmationDone = frozenset(('action', 'isAvsConfirmed',))
type_AvsConfirmationRequired: Any = types.AvsConfirmationRequired
new_AvsConfirmationRequired = maker(globals(), "new_AvsConfirmationRequired", types.AvsConfirmationRequired)
names_AvsConfirmationRequired = frozenset(('action', 'avsResults',))
type_AvsResults: Any = types.AvsResults
new_AvsResults = maker(globals(), "new_AvsResults", types.AvsResults)
names_AvsResults = frozenset(('isAddressLineMatch', 'isCvvMatch', 'isPostalCodeMatch',))
type_AvsMatch: Any = types.AvsMatch
members_AvsMatch = members(type_AvsMatch)
quoted_AvsMatch = quoted(type_AvsMatch)
texts_AvsMatch = texts(type_AvsMatch)
type_Balance: Any = types.Balance
new_Balance = maker(globals(), "new_Balance", types.Balance)
names_Balance = frozenset(('formattedAmount',))
type_Card: Any = types.Card
new_Card = maker(globals(), "new_Card", types.Card)
names_Card = frozenset(('applicationEffectiveDate', 'applicationIdentifier', 'applicationLabel', 'cardNumber', 'countryCode', 'expiryDate', 'issuerCode', 'panSequenceNumber', 'tokenId', 'track2Data', 'type',))
search_25 = searcher(globals(), "search_25", '^[0-9]{6}[X0-9]{3,9}[0-9]{4}$')
field_26 = field_reader(types.Card, "issuer_code")
right_27 = right(types.Card, "issuer_code")
type_CardType: Any = types.CardType
members_CardType = members(type_CardType)
quoted_30 = quoted_right(types.Card, "issuer_code")
texts_31 = texts_right(types.Card, "issuer_code")
type_IssuerCode: Any = types.IssuerCode
quoted_CardType = quoted(type_CardType)
texts_CardType = texts(type_CardType)
type_CardKeyed: Any = types.CardKeyed
new_CardKeyed = maker(globals(), "new_CardKeyed", types.CardKeyed)
names_CardKeyed = frozenset(('type', 'isHandledOnline',))
type_CardKeyedRecovery: Any = types.CardKeyedRecovery
new_CardKeyedRecovery = maker(globals(), "new_CardKeyedRecovery", types.CardKeyedRecovery)
names_CardKeyedRecovery = frozenset(('type', 'authCode',))
type_CardNotPresent: Any = types.CardNotPresent
new_CardNotPresent = maker(globals(), "new_CardNotPresent", types.CardNotPresent)
names_CardNotPresent = frozenset(('type', 'isHandledOnline',))
type_CardPresent: Any = types.CardPresent
new_CardPresent = maker(globals(), "new_CardPresent", types.CardPresent)
names_CardPresent = frozenset(('type', 'isHandledOnline', 'tokenPurpose',))
type_TokenPurpose: Any = types.TokenPurpose
members_TokenPurpose = members(type_TokenPurpose)
quoted_TokenPurpose = quoted(type_TokenPurpose)
texts_TokenPurpose = texts(type_TokenPurpose)
type_CardToken: Any = types.CardToken
new_CardToken = maker(globals(), "new_CardToken", types.CardToken)
names_CardToken = frozenset(('type', 'tokenId', 'tokenPurpose',))
type_Debug: Any = types.Debug
new_Debug = maker(globals(), "new_Debug", types.Debug)
names_Debug = frozenset(('transactionStatusInfo', 'transactionVerificationResults',))
type_VoiceAuthorisationDone: Any = types.VoiceAuthorisationDone
type_SignatureVerificationDone: Any = types.SignatureVerificationDone
type_DynamicCurrencyConversion: Any = types.DynamicCurrencyConversion
new_DynamicCurrencyConversion = maker(globals(), "new_DynamicCurrencyConversion", types.DynamicCurrencyConversion)
names_DynamicCurrencyConversion = frozenset(('conversionRate', 'convertedAmount', 'convertedCurrencyCode',))
type_ExpiryDate: Any = types.ExpiryDate
new_ExpiryDate = maker(globals(), "new_ExpiryDate", types.ExpiryDate)
names_ExpiryDate = frozenset(('month', 'year',))
type_Instruction: Any = types.Instruction
new_Instruction = maker(globals(), "new_Instruction", types.Instruction)
names_Instruction = frozenset(('value', 'paymentInstrument', 'originalGatewayTransactionReference',))
type_Merchant: Any = types.Merchant
new_Merchant = maker(globals(), "new_Merchant", types.Merchant)
names_Merchant = frozenset(('address', 'merchantId', 'name',))
type_OriginalCard: Any = types.OriginalCard
new_OriginalCard = maker(globals(), "new_OriginalCard", types.OriginalCard)
names_OriginalCard = frozenset(('type', 'cardNumber', 'cardExpiryDate',))
type_PaymentAbort: Any = types.PaymentAbort
new_PaymentAbort = maker(globals(), "new_PaymentAbort", types.PaymentAbort)
names_PaymentAbort = frozenset(('merchantTransactionReference',))
type_PaymentActionDone: Any = types.PaymentActionDone
new_PaymentActionDone = maker(globals(), "new_PaymentActionDone", types.PaymentActionDone)
names_PaymentActionDone = frozenset(('merchantTransactionReference', 'data',))
type_PaymentActionRequired: Any = types.PaymentActionRequired
new_PaymentActionRequired = maker(globals(), "new_PaymentActionRequired", types.PaymentActionRequired)
names_PaymentActionRequired = frozenset(('data', 'merchantTransactionReference',))
type_PaymentCancellation: Any = types.PaymentCancellation
new_PaymentCancellation = maker(globals(), "new_PaymentCancellation", types.PaymentCancellation)
names_PaymentCancellation = frozenset(('merchantTransactionReference', 'gatewayTransactionReference', 'paymentInstrument',))
type_PaymentComplete: Any = types.PaymentComplete
new_PaymentComplete = maker(globals(), "new_PaymentComplete", types.PaymentComplete)
names_PaymentComplete = frozenset[str]()
type_PaymentNotification: Any = types.PaymentNotification
new_PaymentNotification = maker(globals(), "new_PaymentNotification", types.PaymentNotification)
names_PaymentNotification = frozenset(('notificationText', 'merchantTransactionReference', 'stage',))
type_NotificationStage: Any = types.NotificationStage
members_NotificationStage = members(type_NotificationStage)
quoted_NotificationStage = quoted(type_NotificationStage)
texts_NotificationStage = texts(type_NotificationStage)
type_PaymentOutcome: Any = types.PaymentOutcome
new_PaymentOutcome = maker(globals(), "new_PaymentOutcome", types.PaymentOutcome)
names_PaymentOutcome = frozenset(('eftSequenceNumber', 'gatewayTransactionReference', 'merchant', 'merchantTransactionReference', 'outcome', 'paymentInstrument', 'paymentType', 'paypoint', 'receiptCustomerDeclaration', 'receiptNumber', 'receiptRetentionReminder', 'result', 'retrievalReferenceNumber', 'taxFreeVoucher', 'transactionDateTime', 'value',))
type_Outcome: Any = types.Outcome
members_Outcome = members(type_Outcome)
type_ReportedPaymentType: Any = types.ReportedPaymentType
members_ReportedPaymentType = members(type_ReportedPaymentType)
type_Result: Any = types.Result
members_Result = members(type_Result)
quoted_Outcome = quoted(type_Outcome)
texts_Outcome = texts(type_Outcome)
quoted_ReportedPaymentType = quoted(type_ReportedPaymentType)
texts_ReportedPaymentType = texts(type_ReportedPaymentType)
quoted_Result = quoted(type_Result)
texts_Result = texts(type_Result)
type_PaymentReceipt: Any = types.PaymentReceipt
new_PaymentReceipt = maker(globals(), "new_PaymentReceipt", types.PaymentReceipt)
names_PaymentReceipt = frozenset(('content', 'merchantTransactionReference', 'type',))
type_ReceiptType: Any = types.ReceiptType
members_ReceiptType = members(type_ReceiptType)
quoted_ReceiptType = quoted(type_ReceiptType)
texts_ReceiptType = texts(type_ReceiptType)
type_PaymentReceiptQuery: Any = types.PaymentReceiptQuery
new_PaymentReceiptQuery = maker(globals(), "new_PaymentReceiptQuery", types.PaymentReceiptQuery)
names_PaymentReceiptQuery = frozenset(('merchantTransactionReference', 'type',))
type_PaymentRequest: Any = types.PaymentRequest
new_PaymentRequest = maker(globals(), "new_PaymentRequest", types.PaymentRequest)
names_PaymentRequest = frozenset(('paymentType', 'merchantTransactionReference', 'instruction', 'merchantNote',))
type_PaymentType: Any = types.PaymentType
members_PaymentType = members(type_PaymentType)
quoted_PaymentType = quoted(type_PaymentType)
texts_PaymentType = texts(type_PaymentType)
type_PaymentResult: Any = types.PaymentResult
new_PaymentResult = maker(globals(), "new_PaymentResult", types.PaymentResult)
names_PaymentResult = frozenset(('payments',))
type_PaymentResultQuery: Any = types.PaymentResultQuery
new_PaymentResultQuery = maker(globals(), "new_PaymentResultQuery", types.PaymentResultQuery)
names_PaymentResultQuery = frozenset(('merchantTransactionReference',))
type_PaymentSettlement: Any = types.PaymentSettlement
new_PaymentSettlement = maker(globals(), "new_PaymentSettlement", types.PaymentSettlement)
names_PaymentSettlement = frozenset(('merchantTransactionReference', 'gatewayTransactionReference', 'paymentInstrument', 'value',))
type_ReferralContact: Any = types.ReferralContact
new_ReferralContact = maker(globals(), "new_ReferralContact", types.ReferralContact)
names_ReferralContact = frozenset(('method', 'value',))
type_ContactMethod: Any = types.ContactMethod
members_ContactMethod = members(type_ContactMethod)
quoted_ContactMethod = quoted(type_ContactMethod)
texts_ContactMethod = texts(type_ContactMethod)
type_RequestValue: Any = types.RequestValue
new_RequestValue = maker(globals(), "new_RequestValue", types.RequestValue)
names_RequestValue = frozenset(('amount',))
type_VoiceAuthorisationRequired: Any = types.VoiceAuthorisationRequired
type_SignatureVerificationRequired: Any = types.SignatureVerificationRequired
type_ResultValue: Any = types.ResultValue
new_ResultValue = maker(globals(), "new_ResultValue", types.ResultValue)
names_ResultValue = frozenset(('amount', 'cashbackAmount', 'currencyCode', 'dcc', 'donationAmount', 'gratuityAmount',))
new_SignatureVerificationDone = maker(globals(), "new_SignatureVerificationDone", types.SignatureVerificationDone)
names_SignatureVerificationDone = frozenset(('action', 'isSignatureVerified',))
new_SignatureVerificationRequired = maker(globals(), "new_SignatureVerificationRequired", types.SignatureVerificationRequired)
names_SignatureVerificationRequired = frozenset(('action',))
type_UsedInstrument: Any = types.UsedInstrument
new_UsedInstrument = maker(globals(), "new_UsedInstrument", types.UsedInstrument)
names_UsedInstrument = frozenset(('authorisation', 'balance', 'card', 'cardVerificationMethod', 'debug', 'isHandledOnline', 'posEntryMode', 'type',))
field_159 = field_reader(types.UsedInstrument, "card_verification_method")
right_160 = right(types.UsedInstrument, "card_verification_method")
field_161 = field_reader(types.UsedInstrument, "pos_entry_mode")
right_162 = right(types.UsedInstrument, "pos_entry_mode")
type_UsedInstrumentType: Any = types.UsedInstrumentType
members_UsedInstrumentType = members(type_UsedInstrumentType)
quoted_165 = quoted_right(types.UsedInstrument, "card_verification_method")
texts_166 = texts_right(types.UsedInstrument, "card_verification_method")
type_CardVerificationMethod: Any = types.CardVerificationMethod
quoted_168 = quoted_right(types.UsedInstrument, "pos_entry_mode")
texts_169 = texts_right(types.UsedInstrument, "pos_entry_mode")
type_PosEntryMode: Any = types.PosEntryMode
quoted_UsedInstrumentType = quoted(type_UsedInstrumentType)
texts_UsedInstrumentType = texts(type_UsedInstrumentType)
new_VoiceAuthorisationDone = maker(globals(), "new_VoiceAuthorisationDone", types.VoiceAuthorisationDone)
names_VoiceAuthorisationDone = frozenset(('action', 'authorisationCode',))
new_VoiceAuthorisationRequired = maker(globals(), "new_VoiceAuthorisationRequired", types.VoiceAuthorisationRequired)
names_VoiceAuthorisationRequired = frozenset(('action', 'merchant', 'referralContacts',))


def read_Address(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Address()
    get = wire.get
    n = 0
    v = get('city')
    if v is None: m.city = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        m.city = v
        n += 1
    v = get('countryCode')
    if v is None: m.country_code = None
    else:
        if type(v) is not str or len(v) != 2: raise Misfit
        m.country_code = v
        n += 1
    v = get('line1')
    if v is None: m.line1 = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        m.line1 = v
        n += 1
    v = get('line2')
    if v is None: m.line2 = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        m.line2 = v
        n += 1
    v = get('line3')
    if v is None: m.line3 = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        m.line3 = v
        n += 1
    v = get('postalCode')
    if v is None: m.postal_code = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 8: raise Misfit
        m.postal_code = v
        n += 1
    v = get('state')
    if v is None: m.state = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        m.state = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Address, n, seen)
    m.__class__ = type_Address
    return m


def write_Address(m: Any) -> str:
    if type(m) is not type_Address: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.city
    if v is None: t0 = ''
    elif type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
    else: t0 = f',"city":{quote(v)}'
    v = m.country_code
    if v is None: t1 = ''
    elif type(v) is not str or len(v) != 2: raise Misfit
    else: t1 = f',"countryCode":{quote(v)}'
    v = m.line1
    if v is None: t2 = ''
    elif type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
    else: t2 = f',"line1":{quote(v)}'
    v = m.line2
    if v is None: t3 = ''
    elif type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
    else: t3 = f',"line2":{quote(v)}'
    v = m.line3
    if v is None: t4 = ''
    elif type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
    else: t4 = f',"line3":{quote(v)}'
    v = m.postal_code
    if v is None: t5 = ''
    elif type(v) is not str or not 1 <= len(v) <= 8: raise Misfit
    else: t5 = f',"postalCode":{quote(v)}'
    v = m.state
    if v is None: t6 = ''
    elif type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
    else: t6 = f',"state":{quote(v)}'
    text = f'{t0}{t1}{t2}{t3}{t4}{t5}{t6}'
    return f'{{{text[1:]}}}'


def tree_Address(m: Any) -> Any:
    if type(m) is not type_Address: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.city
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        out['city'] = v
    v = m.country_code
    if v is not None:
        if type(v) is not str or len(v) != 2: raise Misfit
        out['countryCode'] = v
    v = m.line1
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        out['line1'] = v
    v = m.line2
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        out['line2'] = v
    v = m.line3
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        out['line3'] = v
    v = m.postal_code
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 8: raise Misfit
        out['postalCode'] = v
    v = m.state
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 140: raise Misfit
        out['state'] = v
    return out


def read_Authorisation(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Authorisation()
    get = wire.get
    n = 0
    v = get('authorisationCode')
    if v is None: m.authorisation_code = None
    else:
        if type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
        m.authorisation_code = v
        n += 1
    v = get('cvvResponseData')
    if v is None: m.cvv_response_data = None
    else:
        if type(v) is not str or len(v) != 6 or v.strip('0123456789ABCDEF'): raise Misfit
        m.cvv_response_data = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Authorisation, n, seen)
    m.__class__ = type_Authorisation
    return m


def write_Authorisation(m: Any) -> str:
    if type(m) is not type_Authorisation: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.authorisation_code
    if v is None: t0 = ''
    elif type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
    else: t0 = f',"authorisationCode":"{v}"'
    v = m.cvv_response_data
    if v is None: t1 = ''
    elif type(v) is not str or len(v) != 6 or v.strip('0123456789ABCDEF'): raise Misfit
    else: t1 = f',"cvvResponseData":"{v}"'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_Authorisation(m: Any) -> Any:
    if type(m) is not type_Authorisation: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.authorisation_code
    if v is not None:
        if type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
        out['authorisationCode'] = v
    v = m.cvv_response_data
    if v is not None:
        if type(v) is not str or len(v) != 6 or v.strip('0123456789ABCDEF'): raise Misfit
        out['cvvResponseData'] = v
    return out


def read_AvsConfirmationDone(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_AvsConfirmationDone()
    n = 2
    v = wire['action']
    if type(v) is not str or v != 'avs-confirmation': raise Misfit
    m.action = v
    v = wire['isAvsConfirmed']
    if type(v) is not bool: raise Misfit
    m.is_avs_confirmed = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_AvsConfirmationDone, n, seen)
    m.__class__ = type_AvsConfirmationDone
    return m


def write_AvsConfirmationDone(m: Any) -> str:
    if type(m) is not type_AvsConfirmationDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.action
    if type(v) is not str or v != 'avs-confirmation': raise Misfit
    t0 = f'"action":"avs-confirmation"'
    v = m.is_avs_confirmed
    if type(v) is not bool: raise Misfit
    t1 = f',"isAvsConfirmed":{BOOLEANS[v]}'
    return f'{{{t0}{t1}}}'


def tree_AvsConfirmationDone(m: Any) -> Any:
    if type(m) is not type_AvsConfirmationDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.action
    if type(v) is not str or v != 'avs-confirmation': raise Misfit
    out['action'] = v
    v = m.is_avs_confirmed
    if type(v) is not bool: raise Misfit
    out['isAvsConfirmed'] = v
    return out


def read_AvsConfirmationRequired(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_AvsConfirmationRequired()
    get = wire.get
    n = 1
    v = wire['action']
    if type(v) is not str or v != 'avs-confirmation': raise Misfit
    m.action = v
    v = get('avsResults')
    if v is None: m.avs_results = None
    else:
        m.avs_results = read_AvsResults(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_AvsConfirmationRequired, n, seen)
    m.__class__ = type_AvsConfirmationRequired
    return m


def write_AvsConfirmationRequired(m: Any) -> str:
    if type(m) is not type_AvsConfirmationRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.action
    if type(v) is not str or v != 'avs-confirmation': raise Misfit
    t0 = f'"action":"avs-confirmation"'
    v = m.avs_results
    if v is None: t1 = ''
    else: t1 = f',"avsResults":{write_AvsResults(v)}'
    return f'{{{t0}{t1}}}'


def tree_AvsConfirmationRequired(m: Any) -> Any:
    if type(m) is not type_AvsConfirmationRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.action
    if type(v) is not str or v != 'avs-confirmation': raise Misfit
    out['action'] = v
    v = m.avs_results
    if v is not None:
        out['avsResults'] = tree_AvsResults(v)
    return out


def read_AvsResults(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_AvsResults()
    get = wire.get
    n = 0
    v = get('isAddressLineMatch')
    if v is None: m.is_address_line_match = None
    else:
        m.is_address_line_match = e if (e := members_AvsMatch.get(v)) is not None else grown(type_AvsMatch, v)
        n += 1
    v = get('isCvvMatch')
    if v is None: m.is_cvv_match = None
    else:
        m.is_cvv_match = e if (e := members_AvsMatch.get(v)) is not None else grown(type_AvsMatch, v)
        n += 1
    v = get('isPostalCodeMatch')
    if v is None: m.is_postal_code_match = None
    else:
        m.is_postal_code_match = e if (e := members_AvsMatch.get(v)) is not None else grown(type_AvsMatch, v)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_AvsResults, n, seen)
    m.__class__ = type_AvsResults
    return m


def write_AvsResults(m: Any) -> str:
    if type(m) is not type_AvsResults: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.is_address_line_match
    if v is None: t0 = ''
    elif type(v) is not type_AvsMatch: raise Misfit
    else: t0 = f',"isAddressLineMatch":{quoted_AvsMatch[v]}'
    v = m.is_cvv_match
    if v is None: t1 = ''
    elif type(v) is not type_AvsMatch: raise Misfit
    else: t1 = f',"isCvvMatch":{quoted_AvsMatch[v]}'
    v = m.is_postal_code_match
    if v is None: t2 = ''
    elif type(v) is not type_AvsMatch: raise Misfit
    else: t2 = f',"isPostalCodeMatch":{quoted_AvsMatch[v]}'
    text = f'{t0}{t1}{t2}'
    return f'{{{text[1:]}}}'


def tree_AvsResults(m: Any) -> Any:
    if type(m) is not type_AvsResults: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.is_address_line_match
    if v is not None:
        if type(v) is not type_AvsMatch: raise Misfit
        out['isAddressLineMatch'] = texts_AvsMatch[v]
    v = m.is_cvv_match
    if v is not None:
        if type(v) is not type_AvsMatch: raise Misfit
        out['isCvvMatch'] = texts_AvsMatch[v]
    v = m.is_postal_code_match
    if v is not None:
        if type(v) is not type_AvsMatch: raise Misfit
        out['isPostalCodeMatch'] = texts_AvsMatch[v]
    return out


def read_Balance(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Balance()
    get = wire.get
    n = 0
    v = get('formattedAmount')
    if v is None: m.formatted_amount = None
    else:
        if type(v) is not str: raise Misfit
        m.formatted_amount = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Balance, n, seen)
    m.__class__ = type_Balance
    return m


def write_Balance(m: Any) -> str:
    if type(m) is not type_Balance: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.formatted_amount
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"formattedAmount":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Balance(m: Any) -> Any:
    if type(m) is not type_Balance: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.formatted_amount
    if v is not None:
        if type(v) is not str: raise Misfit
        out['formattedAmount'] = v
    return out


def read_Card(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Card()
    get = wire.get
    n = 0
    v = get('applicationEffectiveDate')
    if v is None: m.application_effective_date = None
    else:
        if type(v) is not str: raise Misfit
        m.application_effective_date = Date(v)
        n += 1
    v = get('applicationIdentifier')
    if v is None: m.application_identifier = None
    else:
        if type(v) is not str or not 10 <= len(v) <= 32 or v.strip('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'): raise Misfit
        m.application_identifier = v
        n += 1
    v = get('applicationLabel')
    if v is None: m.application_label = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 16: raise Misfit
        m.application_label = v
        n += 1
    v = get('cardNumber')
    if v is None: m.card_number = None
    else:
        if type(v) is not str or not 13 <= len(v) <= 19 or search_25(v) is None: raise Misfit
        m.card_number = v
        n += 1
    v = get('countryCode')
    if v is None: m.country_code = None
    else:
        if type(v) is not str or len(v) != 3 or not (v.isascii() and v.isdigit()): raise Misfit
        m.country_code = v
        n += 1
    v = get('expiryDate')
    if v is None: m.expiry_date = None
    else:
        m.expiry_date = read_ExpiryDate(v, seen)
        n += 1
    v = get('issuerCode')
    if v is None: m.issuer_code = None
    else:
        m.issuer_code = e if (e := right_27.get(v)) is not None else field_26(v, seen)
        n += 1
    v = get('panSequenceNumber')
    if v is None: m.pan_sequence_number = None
    else:
        if type(v) is not str or len(v) != 2 or not (v.isascii() and v.isdigit()): raise Misfit
        m.pan_sequence_number = v
        n += 1
    v = get('tokenId')
    if v is None: m.token_id = None
    else:
        if type(v) is not str or not 15 <= len(v) <= 21 or not (v.isascii() and v.isalnum()): raise Misfit
        m.token_id = v
        n += 1
    v = get('track2Data')
    if v is None: m.track2_data = None
    else:
        if type(v) is not str: raise Misfit
        m.track2_data = v
        n += 1
    v = get('type')
    if v is None: m.type = None
    else:
        m.type = members_CardType[v]
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Card, n, seen)
    m.__class__ = type_Card
    return m


def write_Card(m: Any) -> str:
    if type(m) is not type_Card: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.application_effective_date
    if v is None: t0 = ''
    elif type(v) is not Date: raise Misfit
    else: t0 = f',"applicationEffectiveDate":{quote(v)}'
    v = m.application_identifier
    if v is None: t1 = ''
    elif type(v) is not str or not 10 <= len(v) <= 32 or v.strip('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'): raise Misfit
    else: t1 = f',"applicationIdentifier":"{v}"'
    v = m.application_label
    if v is None: t2 = ''
    elif type(v) is not str or not 1 <= len(v) <= 16: raise Misfit
    else: t2 = f',"applicationLabel":{quote(v)}'
    v = m.card_number
    if v is None: t3 = ''
    elif type(v) is not str or not 13 <= len(v) <= 19 or search_25(v) is None: raise Misfit
    else: t3 = f',"cardNumber":{quote(v)}'
    v = m.country_code
    if v is None: t4 = ''
    elif type(v) is not str or len(v) != 3 or not (v.isascii() and v.isdigit()): raise Misfit
    else: t4 = f',"countryCode":"{v}"'
    v = m.expiry_date
    if v is None: t5 = ''
    else: t5 = f',"expiryDate":{write_ExpiryDate(v)}'
    v = m.issuer_code
    if v is None: t6 = ''
    elif type(v) is not type_IssuerCode: raise Misfit
    else: t6 = f',"issuerCode":{quoted_30[v]}'
    v = m.pan_sequence_number
    if v is None: t7 = ''
    elif type(v) is not str or len(v) != 2 or not (v.isascii() and v.isdigit()): raise Misfit
    else: t7 = f',"panSequenceNumber":"{v}"'
    v = m.token_id
    if v is None: t8 = ''
    elif type(v) is not str or not 15 <= len(v) <= 21 or not (v.isascii() and v.isalnum()): raise Misfit
    else: t8 = f',"tokenId":"{v}"'
    v = m.track2_data
    if v is None: t9 = ''
    elif type(v) is not str: raise Misfit
    else: t9 = f',"track2Data":{quote(v)}'
    v = m.type
    if v is None: t10 = ''
    elif type(v) is not type_CardType: raise Misfit
    else: t10 = f',"type":{quoted_CardType[v]}'
    text = f'{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}{t8}{t9}{t10}'
    return f'{{{text[1:]}}}'


def tree_Card(m: Any) -> Any:
    if type(m) is not type_Card: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.application_effective_date
    if v is not None:
        if type(v) is not Date: raise Misfit
        out['applicationEffectiveDate'] = v
    v = m.application_identifier
    if v is not None:
        if type(v) is not str or not 10 <= len(v) <= 32 or v.strip('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'): raise Misfit
        out['applicationIdentifier'] = v
    v = m.application_label
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 16: raise Misfit
        out['applicationLabel'] = v
    v = m.card_number
    if v is not None:
        if type(v) is not str or not 13 <= len(v) <= 19 or search_25(v) is None: raise Misfit
        out['cardNumber'] = v
    v = m.country_code
    if v is not None:
        if type(v) is not str or len(v) != 3 or not (v.isascii() and v.isdigit()): raise Misfit
        out['countryCode'] = v
    v = m.expiry_date
    if v is not None:
        out['expiryDate'] = tree_ExpiryDate(v)
    v = m.issuer_code
    if v is not None:
        if type(v) is not type_IssuerCode: raise Misfit
        out['issuerCode'] = texts_31[v]
    v = m.pan_sequence_number
    if v is not None:
        if type(v) is not str or len(v) != 2 or not (v.isascii() and v.isdigit()): raise Misfit
        out['panSequenceNumber'] = v
    v = m.token_id
    if v is not None:
        if type(v) is not str or not 15 <= len(v) <= 21 or not (v.isascii() and v.isalnum()): raise Misfit
        out['tokenId'] = v
    v = m.track2_data
    if v is not None:
        if type(v) is not str: raise Misfit
        out['track2Data'] = v
    v = m.type
    if v is not None:
        if type(v) is not type_CardType: raise Misfit
        out['type'] = texts_CardType[v]
    return out


def read_CardKeyed(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_CardKeyed()
    get = wire.get
    n = 1
    v = wire['type']
    if type(v) is not str or v != 'card/keyed': raise Misfit
    m.type = v
    v = get('isHandledOnline')
    if v is None: m.is_handled_online = None
    else:
        if type(v) is not bool: raise Misfit
        m.is_handled_online = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_CardKeyed, n, seen)
    m.__class__ = type_CardKeyed
    return m


def write_CardKeyed(m: Any) -> str:
    if type(m) is not type_CardKeyed: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str or v != 'card/keyed': raise Misfit
    t0 = f'"type":"card/keyed"'
    v = m.is_handled_online
    if v is None: t1 = ''
    elif type(v) is not bool: raise Misfit
    else: t1 = f',"isHandledOnline":{BOOLEANS[v]}'
    return f'{{{t0}{t1}}}'


def tree_CardKeyed(m: Any) -> Any:
    if type(m) is not type_CardKeyed: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str or v != 'card/keyed': raise Misfit
    out['type'] = v
    v = m.is_handled_online
    if v is not None:
        if type(v) is not bool: raise Misfit
        out['isHandledOnline'] = v
    return out


def read_CardKeyedRecovery(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_CardKeyedRecovery()
    n = 2
    v = wire['type']
    if type(v) is not str or v != 'card/keyed-recovery': raise Misfit
    m.type = v
    v = wire['authCode']
    if type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
    m.auth_code = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_CardKeyedRecovery, n, seen)
    m.__class__ = type_CardKeyedRecovery
    return m


def write_CardKeyedRecovery(m: Any) -> str:
    if type(m) is not type_CardKeyedRecovery: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str or v != 'card/keyed-recovery': raise Misfit
    t0 = f'"type":"card/keyed-recovery"'
    v = m.auth_code
    if type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
    t1 = f',"authCode":"{v}"'
    return f'{{{t0}{t1}}}'


def tree_CardKeyedRecovery(m: Any) -> Any:
    if type(m) is not type_CardKeyedRecovery: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str or v != 'card/keyed-recovery': raise Misfit
    out['type'] = v
    v = m.auth_code
    if type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
    out['authCode'] = v
    return out


def read_CardNotPresent(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_CardNotPresent()
    get = wire.get
    n = 1
    v = wire['type']
    if type(v) is not str or v != 'card/not-present': raise Misfit
    m.type = v
    v = get('isHandledOnline')
    if v is None: m.is_handled_online = None
    else:
        if type(v) is not bool: raise Misfit
        m.is_handled_online = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_CardNotPresent, n, seen)
    m.__class__ = type_CardNotPresent
    return m


def write_CardNotPresent(m: Any) -> str:
    if type(m) is not type_CardNotPresent: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str or v != 'card/not-present': raise Misfit
    t0 = f'"type":"card/not-present"'
    v = m.is_handled_online
    if v is None: t1 = ''
    elif type(v) is not bool: raise Misfit
    else: t1 = f',"isHandledOnline":{BOOLEANS[v]}'
    return f'{{{t0}{t1}}}'


def tree_CardNotPresent(m: Any) -> Any:
    if type(m) is not type_CardNotPresent: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str or v != 'card/not-present': raise Misfit
    out['type'] = v
    v = m.is_handled_online
    if v is not None:
        if type(v) is not bool: raise Misfit
        out['isHandledOnline'] = v
    return out


def read_CardPresent(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_CardPresent()
    get = wire.get
    n = 1
    v = wire['type']
    if type(v) is not str or v != 'card/present': raise Misfit
    m.type = v
    v = get('isHandledOnline')
    if v is None: m.is_handled_online = None
    else:
        if type(v) is not bool: raise Misfit
        m.is_handled_online = v
        n += 1
    v = get('tokenPurpose')
    if v is None: m.token_purpose = None
    else:
        m.token_purpose = e if (e := members_TokenPurpose.get(v)) is not None else grown(type_TokenPurpose, v)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_CardPresent, n, seen)
    m.__class__ = type_CardPresent
    return m


def write_CardPresent(m: Any) -> str:
    if type(m) is not type_CardPresent: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str or v != 'card/present': raise Misfit
    t0 = f'"type":"card/present"'
    v = m.is_handled_online
    if v is None: t1 = ''
    elif type(v) is not bool: raise Misfit
    else: t1 = f',"isHandledOnline":{BOOLEANS[v]}'
    v = m.token_purpose
    if v is None: t2 = ''
    elif type(v) is not type_TokenPurpose: raise Misfit
    else: t2 = f',"tokenPurpose":{quoted_TokenPurpose[v]}'
    return f'{{{t0}{t1}{t2}}}'


def tree_CardPresent(m: Any) -> Any:
    if type(m) is not type_CardPresent: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str or v != 'card/present': raise Misfit
    out['type'] = v
    v = m.is_handled_online
    if v is not None:
        if type(v) is not bool: raise Misfit
        out['isHandledOnline'] = v
    v = m.token_purpose
    if v is not None:
        if type(v) is not type_TokenPurpose: raise Misfit
        out['tokenPurpose'] = texts_TokenPurpose[v]
    return out


def read_CardToken(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_CardToken()
    get = wire.get
    n = 2
    v = wire['type']
    if type(v) is not str or v != 'card/token': raise Misfit
    m.type = v
    v = wire['tokenId']
    if type(v) is not str or not 15 <= len(v) <= 21 or not (v.isascii() and v.isalnum()): raise Misfit
    m.token_id = v
    v = get('tokenPurpose')
    if v is None: m.token_purpose = None
    else:
        m.token_purpose = e if (e := members_TokenPurpose.get(v)) is not None else grown(type_TokenPurpose, v)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_CardToken, n, seen)
    m.__class__ = type_CardToken
    return m


def write_CardToken(m: Any) -> str:
    if type(m) is not type_CardToken: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str or v != 'card/token': raise Misfit
    t0 = f'"type":"card/token"'
    v = m.token_id
    if type(v) is not str or not 15 <= len(v) <= 21 or not (v.isascii() and v.isalnum()): raise Misfit
    t1 = f',"tokenId":"{v}"'
    v = m.token_purpose
    if v is None: t2 = ''
    elif type(v) is not type_TokenPurpose: raise Misfit
    else: t2 = f',"tokenPurpose":{quoted_TokenPurpose[v]}'
    return f'{{{t0}{t1}{t2}}}'


def tree_CardToken(m: Any) -> Any:
    if type(m) is not type_CardToken: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str or v != 'card/token': raise Misfit
    out['type'] = v
    v = m.token_id
    if type(v) is not str or not 15 <= len(v) <= 21 or not (v.isascii() and v.isalnum()): raise Misfit
    out['tokenId'] = v
    v = m.token_purpose
    if v is not None:
        if type(v) is not type_TokenPurpose: raise Misfit
        out['tokenPurpose'] = texts_TokenPurpose[v]
    return out


def read_Debug(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Debug()
    get = wire.get
    n = 0
    v = get('transactionStatusInfo')
    if v is None: m.transaction_status_info = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 4 or v.strip('0123456789ABCDEF'): raise Misfit
        m.transaction_status_info = v
        n += 1
    v = get('transactionVerificationResults')
    if v is None: m.transaction_verification_results = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 10 or v.strip('0123456789ABCDEF'): raise Misfit
        m.transaction_verification_results = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Debug, n, seen)
    m.__class__ = type_Debug
    return m


def write_Debug(m: Any) -> str:
    if type(m) is not type_Debug: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.transaction_status_info
    if v is None: t0 = ''
    elif type(v) is not str or not 1 <= len(v) <= 4 or v.strip('0123456789ABCDEF'): raise Misfit
    else: t0 = f',"transactionStatusInfo":"{v}"'
    v = m.transaction_verification_results
    if v is None: t1 = ''
    elif type(v) is not str or not 1 <= len(v) <= 10 or v.strip('0123456789ABCDEF'): raise Misfit
    else: t1 = f',"transactionVerificationResults":"{v}"'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_Debug(m: Any) -> Any:
    if type(m) is not type_Debug: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.transaction_status_info
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 4 or v.strip('0123456789ABCDEF'): raise Misfit
        out['transactionStatusInfo'] = v
    v = m.transaction_verification_results
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 10 or v.strip('0123456789ABCDEF'): raise Misfit
        out['transactionVerificationResults'] = v
    return out


def read_DynamicCurrencyConversion(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_DynamicCurrencyConversion()
    get = wire.get
    n = 0
    v = get('conversionRate')
    if v is None: m.conversion_rate = None
    else:
        if (e := v if type(v) is Decimal and v.is_finite() else number(v, seen, '"conversionRate"')) < 0: raise Misfit
        m.conversion_rate = e
        n += 1
    v = get('convertedAmount')
    if v is None: m.converted_amount = None
    else:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        m.converted_amount = v
        n += 1
    v = get('convertedCurrencyCode')
    if v is None: m.converted_currency_code = None
    else:
        if type(v) is not str or len(v) != 3: raise Misfit
        m.converted_currency_code = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_DynamicCurrencyConversion, n, seen)
    m.__class__ = type_DynamicCurrencyConversion
    return m


def write_DynamicCurrencyConversion(m: Any) -> str:
    if type(m) is not type_DynamicCurrencyConversion: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.conversion_rate
    if v is None: t0 = ''
    elif type(v) is not Decimal or not v.is_finite() or v < 0: raise Misfit
    else: t0 = f',"conversionRate":{v!s}'
    v = m.converted_amount
    if v is None: t1 = ''
    elif type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    else: t1 = f',"convertedAmount":{v!r}'
    v = m.converted_currency_code
    if v is None: t2 = ''
    elif type(v) is not str or len(v) != 3: raise Misfit
    else: t2 = f',"convertedCurrencyCode":{quote(v)}'
    text = f'{t0}{t1}{t2}'
    return f'{{{text[1:]}}}'


def tree_DynamicCurrencyConversion(m: Any) -> Any:
    if type(m) is not type_DynamicCurrencyConversion: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.conversion_rate
    if v is not None:
        if type(v) is not Decimal or not v.is_finite() or v < 0: raise Misfit
        out['conversionRate'] = fragment(str(v))
    v = m.converted_amount
    if v is not None:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        out['convertedAmount'] = v
    v = m.converted_currency_code
    if v is not None:
        if type(v) is not str or len(v) != 3: raise Misfit
        out['convertedCurrencyCode'] = v
    return out


def read_ExpiryDate(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_ExpiryDate()
    n = 2
    v = wire['month']
    if type(v) is not int or not 1 <= v <= 12: raise Misfit
    m.month = v
    v = wire['year']
    if type(v) is not int or not 0 <= v <= 99: raise Misfit
    m.year = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_ExpiryDate, n, seen)
    m.__class__ = type_ExpiryDate
    return m


def write_ExpiryDate(m: Any) -> str:
    if type(m) is not type_ExpiryDate: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.month
    if type(v) is not int or not 1 <= v <= 12: raise Misfit
    t0 = f'"month":{v!r}'
    v = m.year
    if type(v) is not int or not 0 <= v <= 99: raise Misfit
    t1 = f',"year":{v!r}'
    return f'{{{t0}{t1}}}'


def tree_ExpiryDate(m: Any) -> Any:
    if type(m) is not type_ExpiryDate: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.month
    if type(v) is not int or not 1 <= v <= 12: raise Misfit
    out['month'] = v
    v = m.year
    if type(v) is not int or not 0 <= v <= 99: raise Misfit
    out['year'] = v
    return out


def read_Instruction(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Instruction()
    get = wire.get
    n = 2
    v = wire['value']
    m.value = read_RequestValue(v, seen)
    v = wire['paymentInstrument']
    m.payment_instrument = readers_PaymentInstrument[v['type']](v, seen)
    v = get('originalGatewayTransactionReference')
    if v is None: m.original_gateway_transaction_reference = None
    else:
        if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
        m.original_gateway_transaction_reference = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Instruction, n, seen)
    m.__class__ = type_Instruction
    return m


def write_Instruction(m: Any) -> str:
    if type(m) is not type_Instruction: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.value
    t0 = f'"value":{write_RequestValue(v)}'
    v = m.payment_instrument
    t1 = f',"paymentInstrument":{writers_PaymentInstrument[type(v)](v)}'
    v = m.original_gateway_transaction_reference
    if v is None: t2 = ''
    elif type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    else: t2 = f',"originalGatewayTransactionReference":"{v}"'
    return f'{{{t0}{t1}{t2}}}'


def tree_Instruction(m: Any) -> Any:
    if type(m) is not type_Instruction: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.value
    out['value'] = tree_RequestValue(v)
    v = m.payment_instrument
    out['paymentInstrument'] = trees_PaymentInstrument[type(v)](v)
    v = m.original_gateway_transaction_reference
    if v is not None:
        if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
        out['originalGatewayTransactionReference'] = v
    return out


def read_Merchant(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Merchant()
    get = wire.get
    n = 0
    v = get('address')
    if v is None: m.address = None
    else:
        m.address = read_Address(v, seen)
        n += 1
    v = get('merchantId')
    if v is None: m.merchant_id = None
    else:
        if type(v) is not str or not 8 <= len(v) <= 10: raise Misfit
        m.merchant_id = v
        n += 1
    v = get('name')
    if v is None: m.name = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 40: raise Misfit
        m.name = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Merchant, n, seen)
    m.__class__ = type_Merchant
    return m


def write_Merchant(m: Any) -> str:
    if type(m) is not type_Merchant: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.address
    if v is None: t0 = ''
    else: t0 = f',"address":{write_Address(v)}'
    v = m.merchant_id
    if v is None: t1 = ''
    elif type(v) is not str or not 8 <= len(v) <= 10: raise Misfit
    else: t1 = f',"merchantId":{quote(v)}'
    v = m.name
    if v is None: t2 = ''
    elif type(v) is not str or not 1 <= len(v) <= 40: raise Misfit
    else: t2 = f',"name":{quote(v)}'
    text = f'{t0}{t1}{t2}'
    return f'{{{text[1:]}}}'


def tree_Merchant(m: Any) -> Any:
    if type(m) is not type_Merchant: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.address
    if v is not None:
        out['address'] = tree_Address(v)
    v = m.merchant_id
    if v is not None:
        if type(v) is not str or not 8 <= len(v) <= 10: raise Misfit
        out['merchantId'] = v
    v = m.name
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 40: raise Misfit
        out['name'] = v
    return out


def read_OriginalCard(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_OriginalCard()
    n = 3
    v = wire['type']
    if type(v) is not str or v != 'card': raise Misfit
    m.type = v
    v = wire['cardNumber']
    if type(v) is not str or not 13 <= len(v) <= 19 or search_25(v) is None: raise Misfit
    m.card_number = v
    v = wire['cardExpiryDate']
    m.card_expiry_date = read_ExpiryDate(v, seen)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_OriginalCard, n, seen)
    m.__class__ = type_OriginalCard
    return m


def write_OriginalCard(m: Any) -> str:
    if type(m) is not type_OriginalCard: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str or v != 'card': raise Misfit
    t0 = f'"type":"card"'
    v = m.card_number
    if type(v) is not str or not 13 <= len(v) <= 19 or search_25(v) is None: raise Misfit
    t1 = f',"cardNumber":{quote(v)}'
    v = m.card_expiry_date
    t2 = f',"cardExpiryDate":{write_ExpiryDate(v)}'
    return f'{{{t0}{t1}{t2}}}'


def tree_OriginalCard(m: Any) -> Any:
    if type(m) is not type_OriginalCard: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str or v != 'card': raise Misfit
    out['type'] = v
    v = m.card_number
    if type(v) is not str or not 13 <= len(v) <= 19 or search_25(v) is None: raise Misfit
    out['cardNumber'] = v
    v = m.card_expiry_date
    out['cardExpiryDate'] = tree_ExpiryDate(v)
    return out


def read_PaymentAbort(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentAbort()
    n = 1
    v = wire['merchantTransactionReference']
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    m.merchant_transaction_reference = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentAbort, n, seen)
    m.__class__ = type_PaymentAbort
    return m


def write_PaymentAbort(m: Any) -> str:
    if type(m) is not type_PaymentAbort: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    t0 = f'"merchantTransactionReference":"{v}"'
    return f'{{{t0}}}'


def tree_PaymentAbort(m: Any) -> Any:
    if type(m) is not type_PaymentAbort: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    out['merchantTransactionReference'] = v
    return out


def read_PaymentActionDone(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentActionDone()
    n = 2
    v = wire['merchantTransactionReference']
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    m.merchant_transaction_reference = v
    v = wire['data']
    m.data = readers_DoneAction[v['action']](v, seen)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentActionDone, n, seen)
    m.__class__ = type_PaymentActionDone
    return m


def write_PaymentActionDone(m: Any) -> str:
    if type(m) is not type_PaymentActionDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    t0 = f'"merchantTransactionReference":"{v}"'
    v = m.data
    t1 = f',"data":{writers_DoneAction[type(v)](v)}'
    return f'{{{t0}{t1}}}'


def tree_PaymentActionDone(m: Any) -> Any:
    if type(m) is not type_PaymentActionDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    out['merchantTransactionReference'] = v
    v = m.data
    out['data'] = trees_DoneAction[type(v)](v)
    return out


def read_PaymentActionRequired(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentActionRequired()
    get = wire.get
    n = 1
    v = wire['data']
    m.data = read_RequiredAction(v, seen)
    v = get('merchantTransactionReference')
    if v is None: m.merchant_transaction_reference = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        m.merchant_transaction_reference = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentActionRequired, n, seen)
    m.__class__ = type_PaymentActionRequired
    return m


def write_PaymentActionRequired(m: Any) -> str:
    if type(m) is not type_PaymentActionRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.data
    t0 = f'"data":{writers_RequiredAction[type(v)](v)}'
    v = m.merchant_transaction_reference
    if v is None: t1 = ''
    elif type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    else: t1 = f',"merchantTransactionReference":"{v}"'
    return f'{{{t0}{t1}}}'


def tree_PaymentActionRequired(m: Any) -> Any:
    if type(m) is not type_PaymentActionRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.data
    out['data'] = trees_RequiredAction[type(v)](v)
    v = m.merchant_transaction_reference
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        out['merchantTransactionReference'] = v
    return out


def read_PaymentCancellation(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentCancellation()
    n = 3
    v = wire['merchantTransactionReference']
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    m.merchant_transaction_reference = v
    v = wire['gatewayTransactionReference']
    if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    m.gateway_transaction_reference = v
    v = wire['paymentInstrument']
    m.payment_instrument = read_OriginalCard(v, seen)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentCancellation, n, seen)
    m.__class__ = type_PaymentCancellation
    return m


def write_PaymentCancellation(m: Any) -> str:
    if type(m) is not type_PaymentCancellation: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    t0 = f'"merchantTransactionReference":"{v}"'
    v = m.gateway_transaction_reference
    if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    t1 = f',"gatewayTransactionReference":"{v}"'
    v = m.payment_instrument
    t2 = f',"paymentInstrument":{write_OriginalCard(v)}'
    return f'{{{t0}{t1}{t2}}}'


def tree_PaymentCancellation(m: Any) -> Any:
    if type(m) is not type_PaymentCancellation: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    out['merchantTransactionReference'] = v
    v = m.gateway_transaction_reference
    if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    out['gatewayTransactionReference'] = v
    v = m.payment_instrument
    out['paymentInstrument'] = tree_OriginalCard(v)
    return out


def read_PaymentComplete(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentComplete()
    n = 0
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentComplete, n, seen)
    m.__class__ = type_PaymentComplete
    return m


def write_PaymentComplete(m: Any) -> str:
    if type(m) is not type_PaymentComplete: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    return f'{{}}'


def tree_PaymentComplete(m: Any) -> Any:
    if type(m) is not type_PaymentComplete: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    return out


def read_PaymentNotification(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentNotification()
    get = wire.get
    n = 1
    v = wire['notificationText']
    if type(v) is not str: raise Misfit
    m.notification_text = v
    v = get('merchantTransactionReference')
    if v is None: m.merchant_transaction_reference = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        m.merchant_transaction_reference = v
        n += 1
    v = get('stage')
    if v is None: m.stage = None
    else:
        m.stage = e if (e := members_NotificationStage.get(v)) is not None else grown(type_NotificationStage, v)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentNotification, n, seen)
    m.__class__ = type_PaymentNotification
    return m


def write_PaymentNotification(m: Any) -> str:
    if type(m) is not type_PaymentNotification: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.notification_text
    if type(v) is not str: raise Misfit
    t0 = f'"notificationText":{quote(v)}'
    v = m.merchant_transaction_reference
    if v is None: t1 = ''
    elif type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    else: t1 = f',"merchantTransactionReference":"{v}"'
    v = m.stage
    if v is None: t2 = ''
    elif type(v) is not type_NotificationStage: raise Misfit
    else: t2 = f',"stage":{quoted_NotificationStage[v]}'
    return f'{{{t0}{t1}{t2}}}'


def tree_PaymentNotification(m: Any) -> Any:
    if type(m) is not type_PaymentNotification: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.notification_text
    if type(v) is not str: raise Misfit
    out['notificationText'] = v
    v = m.merchant_transaction_reference
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        out['merchantTransactionReference'] = v
    v = m.stage
    if v is not None:
        if type(v) is not type_NotificationStage: raise Misfit
        out['stage'] = texts_NotificationStage[v]
    return out


def read_PaymentOutcome(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentOutcome()
    get = wire.get
    n = 0
    v = get('eftSequenceNumber')
    if v is None: m.eft_sequence_number = None
    else:
        if type(v) is not int or v < 1: raise Misfit
        m.eft_sequence_number = v
        n += 1
    v = get('gatewayTransactionReference')
    if v is None: m.gateway_transaction_reference = None
    else:
        if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
        m.gateway_transaction_reference = v
        n += 1
    v = get('merchant')
    if v is None: m.merchant = None
    else:
        m.merchant = read_Merchant(v, seen)
        n += 1
    v = get('merchantTransactionReference')
    if v is None: m.merchant_transaction_reference = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        m.merchant_transaction_reference = v
        n += 1
    v = get('outcome')
    if v is None: m.outcome = None
    else:
        m.outcome = e if (e := members_Outcome.get(v)) is not None else grown(type_Outcome, v)
        n += 1
    v = get('paymentInstrument')
    if v is None: m.payment_instrument = None
    else:
        m.payment_instrument = read_UsedInstrument(v, seen)
        n += 1
    v = get('paymentType')
    if v is None: m.payment_type = None
    else:
        m.payment_type = e if (e := members_ReportedPaymentType.get(v)) is not None else grown(type_ReportedPaymentType, v)
        n += 1
    v = get('paypoint')
    if v is None: m.paypoint = None
    else:
        m.paypoint = codec_common.read_Paypoint(v, seen)
        n += 1
    v = get('receiptCustomerDeclaration')
    if v is None: m.receipt_customer_declaration = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 50: raise Misfit
        m.receipt_customer_declaration = v
        n += 1
    v = get('receiptNumber')
    if v is None: m.receipt_number = None
    else:
        if type(v) is not int or not 1 <= v <= 9999999999: raise Misfit
        m.receipt_number = v
        n += 1
    v = get('receiptRetentionReminder')
    if v is None: m.receipt_retention_reminder = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 50: raise Misfit
        m.receipt_retention_reminder = v
        n += 1
    v = get('result')
    if v is None: m.result = None
    else:
        m.result = e if (e := members_Result.get(v)) is not None else grown(type_Result, v)
        n += 1
    v = get('retrievalReferenceNumber')
    if v is None: m.retrieval_reference_number = None
    else:
        if type(v) is not int or not 1 <= v <= 9999999999: raise Misfit
        m.retrieval_reference_number = v
        n += 1
    v = get('taxFreeVoucher')
    if v is None: m.tax_free_voucher = None
    else:
        if type(v) is not str: raise Misfit
        m.tax_free_voucher = v
        n += 1
    v = get('transactionDateTime')
    if v is None: m.transaction_date_time = None
    else:
        if type(v) is not str: raise Misfit
        m.transaction_date_time = DateTime(v)
        seen[2] += v.count(":")
        n += 1
    v = get('value')
    if v is None: m.value = None
    else:
        m.value = read_ResultValue(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentOutcome, n, seen)
    m.__class__ = type_PaymentOutcome
    return m


def write_PaymentOutcome(m: Any) -> str:
    if type(m) is not type_PaymentOutcome: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.eft_sequence_number
    if v is None: t0 = ''
    elif type(v) is not int or v < 1: raise Misfit
    else: t0 = f',"eftSequenceNumber":{v!r}'
    v = m.gateway_transaction_reference
    if v is None: t1 = ''
    elif type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    else: t1 = f',"gatewayTransactionReference":"{v}"'
    v = m.merchant
    if v is None: t2 = ''
    else: t2 = f',"merchant":{write_Merchant(v)}'
    v = m.merchant_transaction_reference
    if v is None: t3 = ''
    elif type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    else: t3 = f',"merchantTransactionReference":"{v}"'
    v = m.outcome
    if v is None: t4 = ''
    elif type(v) is not type_Outcome: raise Misfit
    else: t4 = f',"outcome":{quoted_Outcome[v]}'
    v = m.payment_instrument
    if v is None: t5 = ''
    else: t5 = f',"paymentInstrument":{write_UsedInstrument(v)}'
    v = m.payment_type
    if v is None: t6 = ''
    elif type(v) is not type_ReportedPaymentType: raise Misfit
    else: t6 = f',"paymentType":{quoted_ReportedPaymentType[v]}'
    v = m.paypoint
    if v is None: t7 = ''
    else: t7 = f',"paypoint":{codec_common.write_Paypoint(v)}'
    v = m.receipt_customer_declaration
    if v is None: t8 = ''
    elif type(v) is not str or not 1 <= len(v) <= 50: raise Misfit
    else: t8 = f',"receiptCustomerDeclaration":{quote(v)}'
    v = m.receipt_number
    if v is None: t9 = ''
    elif type(v) is not int or not 1 <= v <= 9999999999: raise Misfit
    else: t9 = f',"receiptNumber":{v!r}'
    v = m.receipt_retention_reminder
    if v is None: t10 = ''
    elif type(v) is not str or not 1 <= len(v) <= 50: raise Misfit
    else: t10 = f',"receiptRetentionReminder":{quote(v)}'
    v = m.result
    if v is None: t11 = ''
    elif type(v) is not type_Result: raise Misfit
    else: t11 = f',"result":{quoted_Result[v]}'
    v = m.retrieval_reference_number
    if v is None: t12 = ''
    elif type(v) is not int or not 1 <= v <= 9999999999: raise Misfit
    else: t12 = f',"retrievalReferenceNumber":{v!r}'
    v = m.tax_free_voucher
    if v is None: t13 = ''
    elif type(v) is not str: raise Misfit
    else: t13 = f',"taxFreeVoucher":{quote(v)}'
    v = m.transaction_date_time
    if v is None: t14 = ''
    elif type(v) is not DateTime: raise Misfit
    else: t14 = f',"transactionDateTime":{quote(v)}'
    v = m.value
    if v is None: t15 = ''
    else: t15 = f',"value":{write_ResultValue(v)}'
    text = f'{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}{t8}{t9}{t10}{t11}{t12}{t13}{t14}{t15}'
    return f'{{{text[1:]}}}'


def tree_PaymentOutcome(m: Any) -> Any:
    if type(m) is not type_PaymentOutcome: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.eft_sequence_number
    if v is not None:
        if type(v) is not int or v < 1: raise Misfit
        out['eftSequenceNumber'] = v
    v = m.gateway_transaction_reference
    if v is not None:
        if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
        out['gatewayTransactionReference'] = v
    v = m.merchant
    if v is not None:
        out['merchant'] = tree_Merchant(v)
    v = m.merchant_transaction_reference
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        out['merchantTransactionReference'] = v
    v = m.outcome
    if v is not None:
        if type(v) is not type_Outcome: raise Misfit
        out['outcome'] = texts_Outcome[v]
    v = m.payment_instrument
    if v is not None:
        out['paymentInstrument'] = tree_UsedInstrument(v)
    v = m.payment_type
    if v is not None:
        if type(v) is not type_ReportedPaymentType: raise Misfit
        out['paymentType'] = texts_ReportedPaymentType[v]
    v = m.paypoint
    if v is not None:
        out['paypoint'] = codec_common.tree_Paypoint(v)
    v = m.receipt_customer_declaration
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 50: raise Misfit
        out['receiptCustomerDeclaration'] = v
    v = m.receipt_number
    if v is not None:
        if type(v) is not int or not 1 <= v <= 9999999999: raise Misfit
        out['receiptNumber'] = v
    v = m.receipt_retention_reminder
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 50: raise Misfit
        out['receiptRetentionReminder'] = v
    v = m.result
    if v is not None:
        if type(v) is not type_Result: raise Misfit
        out['result'] = texts_Result[v]
    v = m.retrieval_reference_number
    if v is not None:
        if type(v) is not int or not 1 <= v <= 9999999999: raise Misfit
        out['retrievalReferenceNumber'] = v
    v = m.tax_free_voucher
    if v is not None:
        if type(v) is not str: raise Misfit
        out['taxFreeVoucher'] = v
    v = m.transaction_date_time
    if v is not None:
        if type(v) is not DateTime: raise Misfit
        out['transactionDateTime'] = v
    v = m.value
    if v is not None:
        out['value'] = tree_ResultValue(v)
    return out


def read_PaymentReceipt(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentReceipt()
    get = wire.get
    n = 1
    v = wire['content']
    if type(v) is not str: raise Misfit
    m.content = v
    v = get('merchantTransactionReference')
    if v is None: m.merchant_transaction_reference = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        m.merchant_transaction_reference = v
        n += 1
    v = get('type')
    if v is None: m.type = None
    else:
        m.type = e if (e := members_ReceiptType.get(v)) is not None else grown(type_ReceiptType, v)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentReceipt, n, seen)
    m.__class__ = type_PaymentReceipt
    return m


def write_PaymentReceipt(m: Any) -> str:
    if type(m) is not type_PaymentReceipt: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.content
    if type(v) is not str: raise Misfit
    t0 = f'"content":{quote(v)}'
    v = m.merchant_transaction_reference
    if v is None: t1 = ''
    elif type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    else: t1 = f',"merchantTransactionReference":"{v}"'
    v = m.type
    if v is None: t2 = ''
    elif type(v) is not type_ReceiptType: raise Misfit
    else: t2 = f',"type":{quoted_ReceiptType[v]}'
    return f'{{{t0}{t1}{t2}}}'


def tree_PaymentReceipt(m: Any) -> Any:
    if type(m) is not type_PaymentReceipt: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.content
    if type(v) is not str: raise Misfit
    out['content'] = v
    v = m.merchant_transaction_reference
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
        out['merchantTransactionReference'] = v
    v = m.type
    if v is not None:
        if type(v) is not type_ReceiptType: raise Misfit
        out['type'] = texts_ReceiptType[v]
    return out


def read_PaymentReceiptQuery(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentReceiptQuery()
    n = 2
    v = wire['merchantTransactionReference']
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    m.merchant_transaction_reference = v
    v = wire['type']
    m.type = e if (e := members_ReceiptType.get(v)) is not None else grown(type_ReceiptType, v)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentReceiptQuery, n, seen)
    m.__class__ = type_PaymentReceiptQuery
    return m


def write_PaymentReceiptQuery(m: Any) -> str:
    if type(m) is not type_PaymentReceiptQuery: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    t0 = f'"merchantTransactionReference":"{v}"'
    v = m.type
    if type(v) is not type_ReceiptType: raise Misfit
    t1 = f',"type":{quoted_ReceiptType[v]}'
    return f'{{{t0}{t1}}}'


def tree_PaymentReceiptQuery(m: Any) -> Any:
    if type(m) is not type_PaymentReceiptQuery: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    out['merchantTransactionReference'] = v
    v = m.type
    if type(v) is not type_ReceiptType: raise Misfit
    out['type'] = texts_ReceiptType[v]
    return out


def read_PaymentRequest(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentRequest()
    get = wire.get
    n = 3
    v = wire['paymentType']
    m.payment_type = members_PaymentType[v]
    v = wire['merchantTransactionReference']
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    m.merchant_transaction_reference = v
    v = wire['instruction']
    m.instruction = read_Instruction(v, seen)
    v = get('merchantNote')
    if v is None: m.merchant_note = None
    else:
        if type(v) is not str or len(v) > 40: raise Misfit
        m.merchant_note = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentRequest, n, seen)
    m.__class__ = type_PaymentRequest
    return m


def write_PaymentRequest(m: Any) -> str:
    if type(m) is not type_PaymentRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.payment_type
    if type(v) is not type_PaymentType: raise Misfit
    t0 = f'"paymentType":{quoted_PaymentType[v]}'
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    t1 = f',"merchantTransactionReference":"{v}"'
    v = m.instruction
    t2 = f',"instruction":{write_Instruction(v)}'
    v = m.merchant_note
    if v is None: t3 = ''
    elif type(v) is not str or len(v) > 40: raise Misfit
    else: t3 = f',"merchantNote":{quote(v)}'
    return f'{{{t0}{t1}{t2}{t3}}}'


def tree_PaymentRequest(m: Any) -> Any:
    if type(m) is not type_PaymentRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.payment_type
    if type(v) is not type_PaymentType: raise Misfit
    out['paymentType'] = texts_PaymentType[v]
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    out['merchantTransactionReference'] = v
    v = m.instruction
    out['instruction'] = tree_Instruction(v)
    v = m.merchant_note
    if v is not None:
        if type(v) is not str or len(v) > 40: raise Misfit
        out['merchantNote'] = v
    return out


def items_84(v: Any, seen: Any) -> Any:
    if type(v) is not ARRAY: raise Misfit
    items = v
    return tuple([read_PaymentOutcome(v, seen) for v in items])


def read_PaymentResult(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentResult()
    n = 1
    v = wire['payments']
    m.payments = items_84(v, seen)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentResult, n, seen)
    m.__class__ = type_PaymentResult
    return m


def text_86(v: Any) -> str:
    if type(v) is not TUPLE: raise Misfit
    items = v
    texts = ','.join([f'{write_PaymentOutcome(v)}' for v in items])
    return f'[{texts}]'


def list_86(v: Any) -> Any:
    if type(v) is not TUPLE: raise Misfit
    items = v
    return [tree_PaymentOutcome(v) for v in items]


def write_PaymentResult(m: Any) -> str:
    if type(m) is not type_PaymentResult: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.payments
    t0 = f'"payments":{text_86(v)}'
    return f'{{{t0}}}'


def tree_PaymentResult(m: Any) -> Any:
    if type(m) is not type_PaymentResult: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.payments
    out['payments'] = list_86(v)
    return out


def read_PaymentResultQuery(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentResultQuery()
    n = 1
    v = wire['merchantTransactionReference']
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    m.merchant_transaction_reference = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentResultQuery, n, seen)
    m.__class__ = type_PaymentResultQuery
    return m


def write_PaymentResultQuery(m: Any) -> str:
    if type(m) is not type_PaymentResultQuery: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    t0 = f'"merchantTransactionReference":"{v}"'
    return f'{{{t0}}}'


def tree_PaymentResultQuery(m: Any) -> Any:
    if type(m) is not type_PaymentResultQuery: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    out['merchantTransactionReference'] = v
    return out


def read_PaymentSettlement(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentSettlement()
    n = 4
    v = wire['merchantTransactionReference']
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    m.merchant_transaction_reference = v
    v = wire['gatewayTransactionReference']
    if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    m.gateway_transaction_reference = v
    v = wire['paymentInstrument']
    m.payment_instrument = read_OriginalCard(v, seen)
    v = wire['value']
    m.value = read_RequestValue(v, seen)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentSettlement, n, seen)
    m.__class__ = type_PaymentSettlement
    return m


def write_PaymentSettlement(m: Any) -> str:
    if type(m) is not type_PaymentSettlement: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    t0 = f'"merchantTransactionReference":"{v}"'
    v = m.gateway_transaction_reference
    if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    t1 = f',"gatewayTransactionReference":"{v}"'
    v = m.payment_instrument
    t2 = f',"paymentInstrument":{write_OriginalCard(v)}'
    v = m.value
    t3 = f',"value":{write_RequestValue(v)}'
    return f'{{{t0}{t1}{t2}{t3}}}'


def tree_PaymentSettlement(m: Any) -> Any:
    if type(m) is not type_PaymentSettlement: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.merchant_transaction_reference
    if type(v) is not str or not 1 <= len(v) <= 30 or not (v.isascii() and v.isalnum() or not v.strip('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz')): raise Misfit
    out['merchantTransactionReference'] = v
    v = m.gateway_transaction_reference
    if type(v) is not str or not 12 <= len(v) <= 22 or not (v.isascii() and v.isalnum()): raise Misfit
    out['gatewayTransactionReference'] = v
    v = m.payment_instrument
    out['paymentInstrument'] = tree_OriginalCard(v)
    v = m.value
    out['value'] = tree_RequestValue(v)
    return out


def read_ReferralContact(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_ReferralContact()
    get = wire.get
    n = 0
    v = get('method')
    if v is None: m.method = None
    else:
        m.method = e if (e := members_ContactMethod.get(v)) is not None else grown(type_ContactMethod, v)
        n += 1
    v = get('value')
    if v is None: m.value = None
    else:
        if type(v) is not str: raise Misfit
        m.value = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_ReferralContact, n, seen)
    m.__class__ = type_ReferralContact
    return m


def write_ReferralContact(m: Any) -> str:
    if type(m) is not type_ReferralContact: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.method
    if v is None: t0 = ''
    elif type(v) is not type_ContactMethod: raise Misfit
    else: t0 = f',"method":{quoted_ContactMethod[v]}'
    v = m.value
    if v is None: t1 = ''
    elif type(v) is not str: raise Misfit
    else: t1 = f',"value":{quote(v)}'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_ReferralContact(m: Any) -> Any:
    if type(m) is not type_ReferralContact: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.method
    if v is not None:
        if type(v) is not type_ContactMethod: raise Misfit
        out['method'] = texts_ContactMethod[v]
    v = m.value
    if v is not None:
        if type(v) is not str: raise Misfit
        out['value'] = v
    return out


def read_RequestValue(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_RequestValue()
    n = 1
    v = wire['amount']
    if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    m.amount = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_RequestValue, n, seen)
    m.__class__ = type_RequestValue
    return m


def write_RequestValue(m: Any) -> str:
    if type(m) is not type_RequestValue: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.amount
    if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    t0 = f'"amount":{v!r}'
    return f'{{{t0}}}'


def tree_RequestValue(m: Any) -> Any:
    if type(m) is not type_RequestValue: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.amount
    if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    out['amount'] = v
    return out


def read_RequiredAction(wire: Any, seen: Any) -> Any:
    read = readers_RequiredAction.get(wire['action'])
    return unrecognised(wire, 'action', seen) if read is None else read(wire, seen)


def read_ResultValue(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_ResultValue()
    get = wire.get
    n = 1
    v = wire['amount']
    if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    m.amount = v
    v = get('cashbackAmount')
    if v is None: m.cashback_amount = None
    else:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        m.cashback_amount = v
        n += 1
    v = get('currencyCode')
    if v is None: m.currency_code = None
    else:
        if type(v) is not str or len(v) != 3: raise Misfit
        m.currency_code = v
        n += 1
    v = get('dcc')
    if v is None: m.dcc = None
    else:
        m.dcc = read_DynamicCurrencyConversion(v, seen)
        n += 1
    v = get('donationAmount')
    if v is None: m.donation_amount = None
    else:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        m.donation_amount = v
        n += 1
    v = get('gratuityAmount')
    if v is None: m.gratuity_amount = None
    else:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        m.gratuity_amount = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_ResultValue, n, seen)
    m.__class__ = type_ResultValue
    return m


def write_ResultValue(m: Any) -> str:
    if type(m) is not type_ResultValue: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.amount
    if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    t0 = f'"amount":{v!r}'
    v = m.cashback_amount
    if v is None: t1 = ''
    elif type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    else: t1 = f',"cashbackAmount":{v!r}'
    v = m.currency_code
    if v is None: t2 = ''
    elif type(v) is not str or len(v) != 3: raise Misfit
    else: t2 = f',"currencyCode":{quote(v)}'
    v = m.dcc
    if v is None: t3 = ''
    else: t3 = f',"dcc":{write_DynamicCurrencyConversion(v)}'
    v = m.donation_amount
    if v is None: t4 = ''
    elif type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    else: t4 = f',"donationAmount":{v!r}'
    v = m.gratuity_amount
    if v is None: t5 = ''
    elif type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    else: t5 = f',"gratuityAmount":{v!r}'
    return f'{{{t0}{t1}{t2}{t3}{t4}{t5}}}'


def tree_ResultValue(m: Any) -> Any:
    if type(m) is not type_ResultValue: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.amount
    if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
    out['amount'] = v
    v = m.cashback_amount
    if v is not None:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        out['cashbackAmount'] = v
    v = m.currency_code
    if v is not None:
        if type(v) is not str or len(v) != 3: raise Misfit
        out['currencyCode'] = v
    v = m.dcc
    if v is not None:
        out['dcc'] = tree_DynamicCurrencyConversion(v)
    v = m.donation_amount
    if v is not None:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        out['donationAmount'] = v
    v = m.gratuity_amount
    if v is not None:
        if type(v) is not int or not 0 <= v <= 999999999: raise Misfit
        out['gratuityAmount'] = v
    return out


def read_SignatureVerificationDone(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_SignatureVerificationDone()
    n = 2
    v = wire['action']
    if type(v) is not str or v != 'signature-verification': raise Misfit
    m.action = v
    v = wire['isSignatureVerified']
    if type(v) is not bool: raise Misfit
    m.is_signature_verified = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_SignatureVerificationDone, n, seen)
    m.__class__ = type_SignatureVerificationDone
    return m


def write_SignatureVerificationDone(m: Any) -> str:
    if type(m) is not type_SignatureVerificationDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.action
    if type(v) is not str or v != 'signature-verification': raise Misfit
    t0 = f'"action":"signature-verification"'
    v = m.is_signature_verified
    if type(v) is not bool: raise Misfit
    t1 = f',"isSignatureVerified":{BOOLEANS[v]}'
    return f'{{{t0}{t1}}}'


def tree_SignatureVerificationDone(m: Any) -> Any:
    if type(m) is not type_SignatureVerificationDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.action
    if type(v) is not str or v != 'signature-verification': raise Misfit
    out['action'] = v
    v = m.is_signature_verified
    if type(v) is not bool: raise Misfit
    out['isSignatureVerified'] = v
    return out


def read_SignatureVerificationRequired(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_SignatureVerificationRequired()
    n = 1
    v = wire['action']
    if type(v) is not str or v != 'signature-verification': raise Misfit
    m.action = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_SignatureVerificationRequired, n, seen)
    m.__class__ = type_SignatureVerificationRequired
    return m


def write_SignatureVerificationRequired(m: Any) -> str:
    if type(m) is not type_SignatureVerificationRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.action
    if type(v) is not str or v != 'signature-verification': raise Misfit
    t0 = f'"action":"signature-verification"'
    return f'{{{t0}}}'


def tree_SignatureVerificationRequired(m: Any) -> Any:
    if type(m) is not type_SignatureVerificationRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.action
    if type(v) is not str or v != 'signature-verification': raise Misfit
    out['action'] = v
    return out


def read_UsedInstrument(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_UsedInstrument()
    get = wire.get
    n = 0
    v = get('authorisation')
    if v is None: m.authorisation = None
    else:
        m.authorisation = read_Authorisation(v, seen)
        n += 1
    v = get('balance')
    if v is None: m.balance = None
    else:
        m.balance = read_Balance(v, seen)
        n += 1
    v = get('card')
    if v is None: m.card = None
    else:
        m.card = read_Card(v, seen)
        n += 1
    v = get('cardVerificationMethod')
    if v is None: m.card_verification_method = None
    else:
        m.card_verification_method = e if (e := right_160.get(v)) is not None else field_159(v, seen)
        n += 1
    v = get('debug')
    if v is None: m.debug = None
    else:
        m.debug = read_Debug(v, seen)
        n += 1
    v = get('isHandledOnline')
    if v is None: m.is_handled_online = None
    else:
        if type(v) is not bool: raise Misfit
        m.is_handled_online = v
        n += 1
    v = get('posEntryMode')
    if v is None: m.pos_entry_mode = None
    else:
        m.pos_entry_mode = e if (e := right_162.get(v)) is not None else field_161(v, seen)
        n += 1
    v = get('type')
    if v is None: m.type = None
    else:
        m.type = e if (e := members_UsedInstrumentType.get(v)) is not None else grown(type_UsedInstrumentType, v)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_UsedInstrument, n, seen)
    m.__class__ = type_UsedInstrument
    return m


def write_UsedInstrument(m: Any) -> str:
    if type(m) is not type_UsedInstrument: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.authorisation
    if v is None: t0 = ''
    else: t0 = f',"authorisation":{write_Authorisation(v)}'
    v = m.balance
    if v is None: t1 = ''
    else: t1 = f',"balance":{write_Balance(v)}'
    v = m.card
    if v is None: t2 = ''
    else: t2 = f',"card":{write_Card(v)}'
    v = m.card_verification_method
    if v is None: t3 = ''
    elif type(v) is not type_CardVerificationMethod: raise Misfit
    else: t3 = f',"cardVerificationMethod":{quoted_165[v]}'
    v = m.debug
    if v is None: t4 = ''
    else: t4 = f',"debug":{write_Debug(v)}'
    v = m.is_handled_online
    if v is None: t5 = ''
    elif type(v) is not bool: raise Misfit
    else: t5 = f',"isHandledOnline":{BOOLEANS[v]}'
    v = m.pos_entry_mode
    if v is None: t6 = ''
    elif type(v) is not type_PosEntryMode: raise Misfit
    else: t6 = f',"posEntryMode":{quoted_168[v]}'
    v = m.type
    if v is None: t7 = ''
    elif type(v) is not type_UsedInstrumentType: raise Misfit
    else: t7 = f',"type":{quoted_UsedInstrumentType[v]}'
    text = f'{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}'
    return f'{{{text[1:]}}}'


def tree_UsedInstrument(m: Any) -> Any:
    if type(m) is not type_UsedInstrument: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.authorisation
    if v is not None:
        out['authorisation'] = tree_Authorisation(v)
    v = m.balance
    if v is not None:
        out['balance'] = tree_Balance(v)
    v = m.card
    if v is not None:
        out['card'] = tree_Card(v)
    v = m.card_verification_method
    if v is not None:
        if type(v) is not type_CardVerificationMethod: raise Misfit
        out['cardVerificationMethod'] = texts_166[v]
    v = m.debug
    if v is not None:
        out['debug'] = tree_Debug(v)
    v = m.is_handled_online
    if v is not None:
        if type(v) is not bool: raise Misfit
        out['isHandledOnline'] = v
    v = m.pos_entry_mode
    if v is not None:
        if type(v) is not type_PosEntryMode: raise Misfit
        out['posEntryMode'] = texts_169[v]
    v = m.type
    if v is not None:
        if type(v) is not type_UsedInstrumentType: raise Misfit
        out['type'] = texts_UsedInstrumentType[v]
    return out


def read_VoiceAuthorisationDone(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_VoiceAuthorisationDone()
    get = wire.get
    n = 1
    v = wire['action']
    if type(v) is not str or v != 'voice-authorisation': raise Misfit
    m.action = v
    v = get('authorisationCode')
    if v is None: m.authorisation_code = None
    else:
        if type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
        m.authorisation_code = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_VoiceAuthorisationDone, n, seen)
    m.__class__ = type_VoiceAuthorisationDone
    return m


def write_VoiceAuthorisationDone(m: Any) -> str:
    if type(m) is not type_VoiceAuthorisationDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.action
    if type(v) is not str or v != 'voice-authorisation': raise Misfit
    t0 = f'"action":"voice-authorisation"'
    v = m.authorisation_code
    if v is None: t1 = ''
    elif type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
    else: t1 = f',"authorisationCode":"{v}"'
    return f'{{{t0}{t1}}}'


def tree_VoiceAuthorisationDone(m: Any) -> Any:
    if type(m) is not type_VoiceAuthorisationDone: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.action
    if type(v) is not str or v != 'voice-authorisation': raise Misfit
    out['action'] = v
    v = m.authorisation_code
    if v is not None:
        if type(v) is not str or not 2 <= len(v) <= 6 or not (v.isascii() and v.isalnum()): raise Misfit
        out['authorisationCode'] = v
    return out


def items_118(v: Any, seen: Any) -> Any:
    if type(v) is not ARRAY: raise Misfit
    items = v
    return tuple([read_ReferralContact(v, seen) for v in items])


def read_VoiceAuthorisationRequired(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_VoiceAuthorisationRequired()
    get = wire.get
    n = 1
    v = wire['action']
    if type(v) is not str or v != 'voice-authorisation': raise Misfit
    m.action = v
    v = get('merchant')
    if v is None: m.merchant = None
    else:
        m.merchant = read_Merchant(v, seen)
        n += 1
    v = get('referralContacts')
    if v is None: m.referral_contacts = None
    else:
        m.referral_contacts = items_118(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_VoiceAuthorisationRequired, n, seen)
    m.__class__ = type_VoiceAuthorisationRequired
    return m


def text_120(v: Any) -> str:
    if type(v) is not TUPLE: raise Misfit
    items = v
    texts = ','.join([f'{write_ReferralContact(v)}' for v in items])
    return f'[{texts}]'


def list_120(v: Any) -> Any:
    if type(v) is not TUPLE: raise Misfit
    items = v
    return [tree_ReferralContact(v) for v in items]


def write_VoiceAuthorisationRequired(m: Any) -> str:
    if type(m) is not type_VoiceAuthorisationRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.action
    if type(v) is not str or v != 'voice-authorisation': raise Misfit
    t0 = f'"action":"voice-authorisation"'
    v = m.merchant
    if v is None: t1 = ''
    else: t1 = f',"merchant":{write_Merchant(v)}'
    v = m.referral_contacts
    if v is None: t2 = ''
    else: t2 = f',"referralContacts":{text_120(v)}'
    return f'{{{t0}{t1}{t2}}}'


def tree_VoiceAuthorisationRequired(m: Any) -> Any:
    if type(m) is not type_VoiceAuthorisationRequired: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.action
    if type(v) is not str or v != 'voice-authorisation': raise Misfit
    out['action'] = v
    v = m.merchant
    if v is not None:
        out['merchant'] = tree_Merchant(v)
    v = m.referral_contacts
    if v is not None:
        out['referralContacts'] = list_120(v)
    return out


readers_DoneAction: dict[Any, Any] = {
    'voice-authorisation': read_VoiceAuthorisationDone,
    'signature-verification': read_SignatureVerificationDone,
    'avs-confirmation': read_AvsConfirmationDone,
}


writers_DoneAction: dict[Any, Any] = {
    type_VoiceAuthorisationDone: write_VoiceAuthorisationDone,
    type_SignatureVerificationDone: write_SignatureVerificationDone,
    type_AvsConfirmationDone: write_AvsConfirmationDone,
}


trees_DoneAction: dict[Any, Any] = {
    type_VoiceAuthorisationDone: tree_VoiceAuthorisationDone,
    type_SignatureVerificationDone: tree_SignatureVerificationDone,
    type_AvsConfirmationDone: tree_AvsConfirmationDone,
}


readers_PaymentInstrument: dict[Any, Any] = {
    'card/present': read_CardPresent,
    'card/token': read_CardToken,
    'card/keyed-recovery': read_CardKeyedRecovery,
    'card/keyed': read_CardKeyed,
    'card/not-present': read_CardNotPresent,
}


writers_PaymentInstrument: dict[Any, Any] = {
    type_CardPresent: write_CardPresent,
    type_CardToken: write_CardToken,
    type_CardKeyedRecovery: write_CardKeyedRecovery,
    type_CardKeyed: write_CardKeyed,
    type_CardNotPresent: write_CardNotPresent,
}


trees_PaymentInstrument: dict[Any, Any] = {
    type_CardPresent: tree_CardPresent,
    type_CardToken: tree_CardToken,
    type_CardKeyedRecovery: tree_CardKeyedRecovery,
    type_CardKeyed: tree_CardKeyed,
    type_CardNotPresent: tree_CardNotPresent,
}


readers_RequiredAction: dict[Any, Any] = {
    'voice-authorisation': read_VoiceAuthorisationRequired,
    'signature-verification': read_SignatureVerificationRequired,
    'avs-confirmation': read_AvsConfirmationRequired,
}


writers_RequiredAction: dict[Any, Any] = {
    type_VoiceAuthorisationRequired: write_VoiceAuthorisationRequired,
    type_SignatureVerificationRequired: write_SignatureVerificationRequired,
    type_AvsConfirmationRequired: write_AvsConfirmationRequired,
}


trees_RequiredAction: dict[Any, Any] = {
    type_VoiceAuthorisationRequired: tree_VoiceAuthorisationRequired,
    type_SignatureVerificationRequired: tree_SignatureVerificationRequired,
    type_AvsConfirmationRequired: tree_AvsConfirmationRequired,
}


CODEC: dict[Any, Any] = {
    type_Address: (read_Address, write_Address, tree_Address),
    type_Authorisation: (read_Authorisation, write_Authorisation, tree_Authorisation),
    type_AvsConfirmationDone: (read_AvsConfirmationDone, write_AvsConfirmationDone, tree_AvsConfirmationDone),
    type_AvsConfirmationRequired: (read_AvsConfirmationRequired, write_AvsConfirmationRequired, tree_AvsConfirmationRequired),
    type_AvsResults: (read_AvsResults, write_AvsResults, tree_AvsResults),
    type_Balance: (read_Balance, write_Balance, tree_Balance),
    type_Card: (read_Card, write_Card, tree_Card),
    type_CardKeyed: (read_CardKeyed, write_CardKeyed, tree_CardKeyed),
    type_CardKeyedRecovery: (read_CardKeyedRecovery, write_CardKeyedRecovery, tree_CardKeyedRecovery),
    type_CardNotPresent: (read_CardNotPresent, write_CardNotPresent, tree_CardNotPresent),
    type_CardPresent: (read_CardPresent, write_CardPresent, tree_CardPresent),
    type_CardToken: (read_CardToken, write_CardToken, tree_CardToken),
    type_Debug: (read_Debug, write_Debug, tree_Debug),
    type_DynamicCurrencyConversion: (read_DynamicCurrencyConversion, write_DynamicCurrencyConversion, tree_DynamicCurrencyConversion),
    type_ExpiryDate: (read_ExpiryDate, write_ExpiryDate, tree_ExpiryDate),
    type_Instruction: (read_Instruction, write_Instruction, tree_Instruction),
    type_Merchant: (read_Merchant, write_Merchant, tree_Merchant),
    type_OriginalCard: (read_OriginalCard, write_OriginalCard, tree_OriginalCard),
    type_PaymentAbort: (read_PaymentAbort, write_PaymentAbort, tree_PaymentAbort),
    type_PaymentActionDone: (read_PaymentActionDone, write_PaymentActionDone, tree_PaymentActionDone),
    type_PaymentActionRequired: (read_PaymentActionRequired, write_PaymentActionRequired, tree_PaymentActionRequired),
    type_PaymentCancellation: (read_PaymentCancellation, write_PaymentCancellation, tree_PaymentCancellation),
    type_PaymentComplete: (read_PaymentComplete, write_PaymentComplete, tree_PaymentComplete),
    type_PaymentNotification: (read_PaymentNotification, write_PaymentNotification, tree_PaymentNotification),
    type_PaymentOutcome: (read_PaymentOutcome, write_PaymentOutcome, tree_PaymentOutcome),
    type_PaymentReceipt: (read_PaymentReceipt, write_PaymentReceipt, tree_PaymentReceipt),
    type_PaymentReceiptQuery: (read_PaymentReceiptQuery, write_PaymentReceiptQuery, tree_PaymentReceiptQuery),
    type_PaymentRequest: (read_PaymentRequest, write_PaymentRequest, tree_PaymentRequest),
    type_PaymentResult: (read_PaymentResult, write_PaymentResult, tree_PaymentResult),
    type_PaymentResultQuery: (read_PaymentResultQuery, write_PaymentResultQuery, tree_PaymentResultQuery),
    type_PaymentSettlement: (read_PaymentSettlement, write_PaymentSettlement, tree_PaymentSettlement),
    type_ReferralContact: (read_ReferralContact, write_ReferralContact, tree_ReferralContact),
    type_RequestValue: (read_RequestValue, write_RequestValue, tree_RequestValue),
    type_ResultValue: (read_ResultValue, write_ResultValue, tree_ResultValue),
    type_SignatureVerificationDone: (read_SignatureVerificationDone, write_SignatureVerificationDone, tree_SignatureVerificationDone),
    type_SignatureVerificationRequired: (read_SignatureVerificationRequired, write_SignatureVerificationRequired, tree_SignatureVerificationRequired),
    type_UsedInstrument: (read_UsedInstrument, write_UsedInstrument, tree_UsedInstrument),
    type_VoiceAuthorisationDone: (read_VoiceAuthorisationDone, write_VoiceAuthorisationDone, tree_VoiceAuthorisationDone),
    type_VoiceAuthorisationRequired: (read_VoiceAuthorisationRequired, write_VoiceAuthorisationRequired, tree_VoiceAuthorisationRequired),
}
