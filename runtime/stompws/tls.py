"""How a `wss://` connection is trusted. There is no switch that turns verification off."""

import errno
import hashlib
import hmac
import os
import ssl
from functools import lru_cache
from pathlib import Path

import attrs

from .errors import ConnectionLostError, LocalProtocolError
from .records import Record

_SHA256_HEX_DIGITS = 64
_NOT_TLS = frozenset(
    ["WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG"]
).union(["RECORD_LAYER_FAILURE", "UNEXPECTED_MESSAGE"])
SHORTAGES = frozenset([errno.EMFILE, errno.ENFILE, errno.ENOMEM])
"""Errors that tell of this machine, not of the other one, and pass."""

# OpenSSL, X509_STORE_CTX_get_error
_NOT_YET_VALID, _EXPIRED, _WRONG_HOST, _WRONG_ADDRESS = 9, 10, 62, 64


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


def shared_context(options: TlsOptions) -> ssl.SSLContext:
    """Return a context for `options`, the same as long as no file that it is made of changes.

    The system's authorities alone take most of a mebibyte, for each context anew. Raises as
    `make_context`.
    """
    files = [options.ca_file, options.client_cert, options.client_key]
    if options.ca_file is None and options.fingerprint_sha256 is None:
        system = ssl.get_default_verify_paths()
        files += [system.cafile, system.capath]
    return _kept_context(options, tuple(_stamp(file) for file in files))


@lru_cache(maxsize=8)
def _kept_context(options: TlsOptions, _stamps: tuple[object, ...]) -> ssl.SSLContext:
    return make_context(options)


def _stamp(file: str | Path | None) -> object:
    """Return what changes when a file is written or replaced; None when it cannot be seen."""
    if file is None:
        return None
    try:
        found = Path(file).stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def make_context(options: TlsOptions) -> ssl.SSLContext:
    """Return a context that verifies what `options` say.

    Raises:
        LocalProtocolError: A file cannot be read or used. Its text names the option and the file.
        ConnectionLostError: It cannot be read now, for this program has too many files open.
    """
    # Not ssl.create_default_context: that would write session keys where SSLKEYLOGFILE says.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks certificate and name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if options.ca_file is not None:
        try:
            context.load_verify_locations(cafile=options.ca_file)
        except (OSError, ValueError) as exc:
            what = f"ca_file {str(options.ca_file)!r}"
            raise _unreadable(what, exc, "cannot be read as PEM certificates") from None
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
        except (OSError, ValueError) as exc:
            what = f"client_cert {str(options.client_cert)!r}"
            if options.client_key is not None:
                what += f" or client_key {str(options.client_key)!r}"
            raise _unreadable(
                what,
                exc,
                "cannot be used: expected PEM files that belong together and, for an encrypted "
                "key, client_key_password",
            ) from None
    elif options.client_key is not None:
        raise LocalProtocolError("client_key is given without client_cert")
    return context


def check_pin(sock: ssl.SSLSocket | ssl.SSLObject, pin: bytes, where: str) -> None:
    """Raise ConnectionLostError when the server's certificate is not the pinned one."""
    digest = hashlib.sha256(sock.getpeercert(binary_form=True) or b"").digest()
    if not hmac.compare_digest(digest, pin):
        raise ConnectionLostError(
            f"{where}: the server's certificate is not the pinned one; "
            f"its SHA-256 fingerprint is {digest.hex()}"
        )


def handshake_problem(exc: OSError | ValueError, options: TlsOptions) -> str:
    """Say why there is no TLS connection, and what to do about it."""
    if isinstance(exc, ssl.SSLCertVerificationError):
        advice = _advice_on_certificate(exc.verify_code, options)
        text = exc.verify_message.rstrip(".")
        return f"the server's certificate is not trusted ({text}); {advice}"
    if isinstance(exc, ssl.SSLError) and exc.reason in _NOT_TLS:
        return "TLS handshake failed: the port does not speak TLS; is it the right one?"
    if not isinstance(exc, OSError):
        return "TLS handshake failed: the name of the host cannot be used"
    return f"TLS handshake failed ({system_text(exc)}); is the port right, and does it speak TLS?"


def system_text(exc: OSError) -> str:
    """Return the system's words for what happened, without the addresses some errors add."""
    if isinstance(exc, ssl.SSLError):  # its errno is not one of the system's
        reason = exc.reason or type(exc).__name__
        if "CERTIFICATE_REQUIRED" in reason:
            return "the server wants a certificate of ours: give client_cert"
        return reason
    return os.strerror(exc.errno) if exc.errno is not None else type(exc).__name__


def _advice_on_certificate(code: int, options: TlsOptions) -> str:
    if code in (_NOT_YET_VALID, _EXPIRED):
        return "is the clock of this machine right? If so the server needs a new certificate"
    if code in (_WRONG_HOST, _WRONG_ADDRESS):
        return (
            "is this the right server? If so use the name that the certificate is made out to, "
            "in the URL or as server_hostname"
        )
    if options.ca_file is not None:
        return f"ca_file {str(options.ca_file)!r} does not hold the authority that signed it"
    return (
        "for an authority of your own give its certificate as ca_file, "
        "for a self-signed one its fingerprint_sha256"
    )


def _unreadable(
    what: str, exc: OSError | ValueError, otherwise: str
) -> LocalProtocolError | ConnectionLostError:
    if isinstance(exc, OSError) and not isinstance(exc, ssl.SSLError):
        if exc.errno in SHORTAGES:  # not the file's fault, and over after a while
            return ConnectionLostError(f"{what} cannot be read: {system_text(exc)}")
        return LocalProtocolError(f"{what} cannot be read: {system_text(exc)}")
    return LocalProtocolError(f"{what} {otherwise}")
