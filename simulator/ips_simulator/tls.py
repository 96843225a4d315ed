"""TLS with a throw-away certificate authority, made anew for every simulator."""

import os
import shutil
import ssl
import tempfile
import weakref
from pathlib import Path

import trustme


class ThrowAwayTls:
    """A certificate for a host and this machine, and the file that a client is told to trust.

    The file is in a folder of its own; `close` removes it.
    """

    def __init__(self, host: str) -> None:
        authority = trustme.CA(organization_name="ips-simulator, throw-away")
        folder = Path(tempfile.mkdtemp(prefix="ips-simulator-"))
        self._remove = weakref.finalize(self, _remove_folder, folder, os.getpid())
        self.ca_file = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca_file))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        certificate = authority.issue_cert(*{host, "127.0.0.1", "::1", "localhost"})
        # Its annotation names pyOpenSSL's context too, and pyOpenSSL need not be installed.
        certificate.configure_cert(self.context)  # pyright: ignore[reportUnknownMemberType]

    def close(self) -> None:
        """Remove the file."""
        self._remove()


def _remove_folder(folder: Path, owner: int) -> None:
    """Remove it, also when Python ends; a forked child that ends still needs it elsewhere."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
