import ipaddress
from itertools import product

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.international.ip_address import _may_be_special
from corpus_audit.measure.detection.scan import Scanner

SCANNER = Scanner(b"key")
_TIMES = 20
"""Many hits are decided by compiled code, few by the detector."""


def test_no_special_address_begins_with_an_octet_that_is_passed_over():
    for first, second, third in product(range(256), (0, 18, 51, 64, 100, 113, 168, 254), (0, 2, 100, 255)):
        address = ipaddress.ip_address(f"{first}.{second}.{third}.77")
        is_special = address.is_private or address.is_multicast or address.is_reserved or address.is_loopback
        assert _may_be_special(address) or not is_special


@pytest.mark.parametrize("times", [1, _TIMES])
@pytest.mark.parametrize(
    "text",
    [
        "**deps**: update V8 to 11.8.172.15 (#12)",
        "V8 is old, upgrade to 5.0.71.57 now",
        "upstream V8 at 5.0.71.47",
        "**V8**: upgrade V8 from 4.2.77.18 to 4.2.77.20 with fixes",
        "Upgraded the engine (from 4.4.63.26)",
        '"ref": "pkg:pypi/opencv_python_headless@4.14.0.94?file"',
        "1111:0000:0000:0000:0000:0000:0000:0000",
        'd="M4 4.01 0 0111 18c0 1.52-.87 2.83-2.12 3.51.98.32 2.03.54 2.03"',
        'd="-.13-.28-.15-.68-.52-.01-.53.63-.01 1.08.58 1.23.82.72 1.21 1.87.87"',
        "\n12.4.1.2. Configuring the host\n",
        "resolver 2606:4700:4700::1001, fe00::0 ip6-localnet",
    ],
)
def test_versions_paths_of_drawings_headings_and_resolvers_are_no_hosts(text, times):
    rows = SCANNER.scan(pa.array([f"{text}\n" * times])).to_pylist()
    assert [row for row in rows if row["score"] > 0.4] == []


@pytest.mark.parametrize("times", [1, _TIMES])
def test_addresses_behind_a_number_are_hosts(times):
    rows = SCANNER.scan(pa.array(["0.231 82.50.72.202 GET /\nport 22 94.23.1.77 up\n" * times]))
    assert rows.num_rows == 2 * times


@pytest.mark.parametrize("times", [1, _TIMES])
def test_addresses_that_something_comes_from_are_hosts(times):
    rows = SCANNER.scan(pa.array(["roland from 82.50.72.202 to 94.23.1.77, root@94.23.1.78\n" * times]))
    assert rows.num_rows == 3 * times
