"""How a `wss://` connection is trusted. There is no switch that turns verification off."""

import hashlib
import hmac
import ssl
from pathlib import Path

import attrs

from .errors import ConnectionLostError, LocalProtocolError
from .records import Record

_SHA256_HEX_DIGITS = 64


@attrs.frozen(kw_only=True)
class TlsOptions(Record):
    """Trust and identity of `wss://` connections; the defaults verify against the system's CAs."""

    ca_file: str | Path | None = None
    """PEM file of the certificate authorities to trust instead of the system's."""

    client_cert: str | Path | None = None
    """PEM file of our own certificate, for servers that ask for one."""

    client_key: str | Path | None = None
    """PEM file of its key, when that is not in `client_cert`."""

    client_key_password: str | None = attrs.field(default=None, repr=False)
    """Opens an encrypted key. Without it an encrypted key is refused; nothing ever prompts."""

    fingerprint_sha256: str | None = None
    """SHA-256 of the server's certificate (64 hex digits, colons allowed), checked before anything
    is sent. Without `ca_file` this pin *is* the verification: for a server on the premises whose
    certificate is self-signed. With `ca_file` both must hold."""

    server_hostname: str | None = None
    """Name to ask for and to find in the certificate, when it is not the one in the URL."""

    def pin(self) -> bytes | None:
        """Return the pinned digest, or None; raise LocalProtocolError when it is none."""
        if self.fingerprint_sha256 is None:
            return None
        digits = self.fingerprint_sha256.replace(":", "").strip()
        try:
            digest = bytes.fromhex(digits)
        except ValueError:
            digest = b""
        if len(digits) != _SHA256_HEX_DIGITS or len(digest) * 2 != _SHA256_HEX_DIGITS:
            raise LocalProtocolError("fingerprint_sha256: expected 64 hexadecimal digits")
        return digest


def make_context(options: TlsOptions) -> ssl.SSLContext:
    """Return a context that verifies what `options` say.

    Raises:
        LocalProtocolError: A file cannot be read or used. Its text names the option and the file.
    """
    # Not ssl.create_default_context: that would write session keys where SSLKEYLOGFILE says.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks certificate and name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if options.ca_file is not None:
        try:
            context.load_verify_locations(cafile=options.ca_file)
        except (OSError, ValueError):
            raise LocalProtocolError(
                f"ca_file {str(options.ca_file)!r} cannot be read as PEM certificates"
            ) from None
    elif options.pin() is not None:
        context.check_hostname = False  # the pin is the verification: see check_pin
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    if options.client_cert is not None:
        password = options.client_key_password or ""
        try:
            # As a function: without one OpenSSL would ask on the terminal.
            context.load_cert_chain(options.client_cert, options.client_key, lambda: password)
        except (OSError, ValueError):
            raise LocalProtocolError(
                f"client_cert {str(options.client_cert)!r} and its key cannot be used together: "
                "expected PEM files and, for an encrypted key, client_key_password"
            ) from None
    elif options.client_key is not None:
        raise LocalProtocolError("client_key is given without client_cert")
    return context


def check_pin(sock: ssl.SSLSocket, pin: bytes, where: str) -> None:
    """Raise ConnectionLostError when the server's certificate is not the pinned one."""
    digest = hashlib.sha256(sock.getpeercert(binary_form=True) or b"").digest()
    if not hmac.compare_digest(digest, pin):
        raise ConnectionLostError(
            f"{where}: the server's certificate is not the pinned one; "
            f"its SHA-256 fingerprint is {digest.hex()}"
        )
