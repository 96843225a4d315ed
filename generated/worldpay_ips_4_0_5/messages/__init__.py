# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""The messages, in one module for each tag.

Their documentation names these sources:

- `api-2.0.0`: Documentation page of the Payment API 2.0.0, opening only, with limits. Trust: high.
- `api-2.1.1`: Documentation page of the Payment API 2.1.1, opening only, with limits. Trust: high.
- `api-3.1.2`: Documentation page of the Payment API 3.1.2, opening only. Trust: high.
- `api-4.0.1`: Documentation page of the Payment API 4.0.1 (addresses, behaviour, examples; no
  limits). Trust: high.
- `api-4.0.1-opening`: Another rendering of the 4.0.1 page, opening only (servers, registration).
  Trust: high.
- `api-4.0.5`: Documentation page of the Payment API 4.0.5, opening only. Trust: high.
- `api-cloud-1.4.0`: Documentation page of the IPS Cloud Payment API 1.4.0, opening only. Trust:
  high.
- `bill-api`: Worldpay's Bill Management API 0.0.6 (OpenAPI, 2023), a sibling API whose payment
  details are a copy of the payment result with all limits; that they are unchanged is not certain.
  Trust: medium.
- `cashback`: Worldpay's IPS product page on cashback. Trust: high.
- `cloud-client`: Public third-party C# client of IPS Cloud, 2024. Trust: medium.
- `config`: Worldpay's IPS product page on configuration. Trust: high.
- `example`: Deduced from an example of the documentation page. Trust: medium.
- `guide`: Worldpay's direct integration guide for IPS 3.1.2.0, opening only. Trust: high.
- `pennies`: Worldpay's IPS product page on Pennies donations. Trust: high.
- `portal`: Worldpay's IPS product page on the portal that issues points of sale and their codes.
  Trust: high.
- `project`: A decision of this project where no source tells. Trust: low.
- `release-notes`: Worldpay's IPS release notes. Trust: high.
- `sdk-guide`: Worldpay's Total Mobile SDK guide and release notes, 2020; the SDK wraps this API.
  Trust: high.
- `sdk-sample`: Public third-party Android sample on Worldpay's SDK 5.1.1, 2024. Trust: medium.
- `stand-in`: Worldpay's IPS product page on offline (stand-in) authorisation. Trust: high.
- `standard`: A public standard (STOMP, URI syntax, ISO 3166, ISO 4217, EMV). Trust: high.
- `tokenisation`: Worldpay's IPS product page on tokenisation. Trust: high.
- `total-ipc`: Documentation of the predecessor product, Worldpay Total IPC; background only. Trust:
  low.
"""
