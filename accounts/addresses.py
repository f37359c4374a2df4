import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Where the request came from; a forwarded address counts only from the proxies we trust."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    # From the right: each trusted proxy wrote the entry before it, the rest is hearsay.
    while _is_trusted(address) and forwarded:
        entry = forwarded.pop().strip()
        if not _is_address(entry):
            break
        address = entry
    return address


def _is_trusted(address: str) -> bool:
    if not _is_address(address):
        return False
    ip = ipaddress.ip_address(address)
    return any(ip in ipaddress.ip_network(network) for network in settings.TRUSTED_PROXIES)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
