import ipaddress

from django.contrib.auth import authenticate

from accounts.models import User
from accounts.passwords import clean_password
from accounts.services.tries import give_back_try, take_try
from record.errors import DomainError


def check_sign_in(*, username: str, password: str, address: str) -> User:
    """The person with this name and password.

    The try is counted before the password is looked at, for the address and for the account, and
    given back when it was right. Unknown, closed and wrong answer the same, after the same work.
    """
    cleaned = clean_password(password)
    name = username.lower()
    subjects = [f"address {_network(address)}", f"account {name}"]
    for subject in subjects:
        take_try(subject)
    user = authenticate(username=name, password=cleaned)
    if not isinstance(user, User):
        raise DomainError("No account has this username and password. Check both, then try again.")
    for subject in subjects:
        give_back_try(subject)
    return user


def _network(address: str) -> str:
    """The address; of IPv6 the part that one household or machine room shares."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
