"""Which addresses are on the public internet.

`ipaddress.is_private` and `is_global` are no guard by themselves: between Python versions they let pass shared address
space, multicast, and private IPv4 addresses in IPv6 clothes. So what an IPv6 address carries is unwrapped, only global
unicast (2000::/3) is allowed, and what the registries except is listed here.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, 2.5.5.1, deprecated
#: From the IANA special-purpose registries, beside what `is_global` knows.
_NOT_PUBLIC = (
    IPv4Network("100.64.0.0/10"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("198.18.0.0/15"),
    IPv4Network("168.63.129.16/32"),  # A cloud's host agent, on a public address.
    IPv6Network("2001::/23"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("3fff::/20"),
    IPv6Network("2620:4f:8000::/48"),
)


def is_public(text: str) -> bool:
    """Whether `text` is an address of a globally routable unicast host, also when unwrapped."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_public_v4(address)
    if address.scope_id:
        return False
    carried = _carried(address)
    if carried is not None:
        return all(_is_public_v4(inner) for inner in carried)
    return address in _GLOBAL_UNICAST and address.is_global and not _is_listed(address)


def _is_public_v4(address: IPv4Address) -> bool:
    odd = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not odd and not _is_listed(address)


def _is_listed(address: IPv4Address | IPv6Address) -> bool:
    return any(address.version == network.version and address in network for network in _NOT_PUBLIC)


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...] | None:
    """The IPv4 addresses to which a packet for `address` would be carried, or None when it carries none."""
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return None
