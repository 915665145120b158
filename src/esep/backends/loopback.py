"""One request to a server on this machine, and to no other: loopback addresses only, no redirects, no proxies.

The answer may take so long and be so large and no more, counted over the whole exchange: a server that sends one
byte a minute is late too.
"""

from __future__ import annotations

import http.client
import socket
import threading
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from esep.errors import BackendFault, BackendLost

_STEP = 64 * 1024
_HINT = "give an address on this machine, such as http://127.0.0.1:8080; texts of a case leave it for no other"


@dataclass(frozen=True, slots=True)
class Address:
    """A server on this machine: a loopback address as digits, a port, and the path before ours."""

    host: str
    port: int
    path: str


def loopback_address(url: str) -> Address:
    """The address, if it is on this machine. Raises `BackendLost` for every other.

    Only `localhost` and loopback addresses in digits are taken: a name could be led elsewhere.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError:
        raise BackendLost("the address of the server cannot be read", hint=_HINT) from None
    if parts.scheme != "http" or not parts.hostname or parts.username or parts.password or parts.query:
        raise BackendLost("the address of the server is not of the form http://127.0.0.1:PORT", hint=_HINT)
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname
    try:
        is_here = ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        raise BackendLost("the server is not on this machine: its address is no loopback address", hint=_HINT)
    return Address(host, port, parts.path.rstrip("/"))


def post(address: Address, path: str, body: bytes, *, seconds: float, most_bytes: int) -> bytes:
    """Send JSON, give the bytes of the answer. Raises `BackendFault`, or `BackendLost` when asking again is no use."""
    connection = http.client.HTTPConnection(address.host, address.port, timeout=seconds)
    late = threading.Event()
    try:
        connection.connect()
        alarm = threading.Timer(seconds, _hang_up, args=(connection.sock, late))
        alarm.start()
        try:
            return _exchange(connection, address.path + path, body, most_bytes)
        finally:
            alarm.cancel()
    except TimeoutError:
        raise _too_late(seconds) from None
    except ConnectionRefusedError:
        raise BackendLost(
            f"nothing answers at {address.host}:{address.port}", hint="start the server, or check the port"
        ) from None
    except (OSError, http.client.HTTPException):
        if late.is_set():
            raise _too_late(seconds) from None
        raise BackendFault("the server broke off its answer") from None
    finally:
        connection.close()


def _exchange(connection: http.client.HTTPConnection, path: str, body: bytes, most_bytes: int) -> bytes:
    connection.request("POST", path, body, {"Content-Type": "application/json", "Accept": "application/json"})
    response = connection.getresponse()
    if 300 <= response.status < 400:
        raise BackendLost("the server sends us to another address; that is not followed", hint=_HINT)
    if response.status != http.client.OK:
        raise BackendFault(f"the server answered with HTTP status {response.status}")
    chunks, size = [], 0
    while chunk := response.read1(_STEP):
        chunks.append(chunk)
        size += len(chunk)
        if size > most_bytes:
            raise BackendFault(f"the answer is longer than {most_bytes} bytes")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(chunks)


def _hang_up(line: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the server was faster


def _too_late(seconds: float) -> BackendLost:
    return BackendLost(f"the server did not answer within {seconds:g} seconds", hint="give it longer: --seconds")
