import ipaddress
from itertools import product

from corpus_audit.measure.detection.international.ip_address import _may_be_special


def test_no_special_address_begins_with_an_octet_that_is_passed_over():
    for first, second, third in product(range(256), (0, 18, 51, 64, 100, 113, 168, 254), (0, 2, 100, 255)):
        address = ipaddress.ip_address(f"{first}.{second}.{third}.77")
        is_special = address.is_private or address.is_multicast or address.is_reserved or address.is_loopback
        assert _may_be_special(address) or not is_special
