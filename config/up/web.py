"""The address of the site and whether a page can be had there."""

import os
import socket
import urllib.error
import urllib.request

from config.up.failures import PortTaken

USUAL_PORT = 8000


def listening_socket() -> socket.socket:
    """Bound to PORT, else to the usual port, else to a free one.

    The supervisor holds it, so that nobody else gets the port while the web server is restarted.
    """
    wanted = os.environ.get("PORT", "")
    if wanted:
        return _bound(_port(wanted))
    try:
        return _bound(USUAL_PORT)
    except PortTaken:
        return _bound(0)


def address(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def is_ready(url: str) -> bool:
    return _status(f"{url}/readyz", timeout_seconds=2) == 200


def warm(url: str) -> None:
    """Asks for the first page, so that the first visitor does not wait for what it loads."""
    _status(f"{url}/", timeout_seconds=30)


def _status(url: str, *, timeout_seconds: float) -> int:
    try:
        # Our own address, never one that somebody sent.
        with urllib.request.urlopen(url, timeout=timeout_seconds) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 6 and 0 < int(text) < 65_536:
        return int(text)
    raise PortTaken(f"PORT is {text!r}; set it to a number from 1 to 65535.")


def _bound(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise PortTaken(f"Port {port} cannot be used ({error}); set PORT to another.") from error
    listener.listen(128)
    return listener
