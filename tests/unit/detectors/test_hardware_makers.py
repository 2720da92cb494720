import random

import pyarrow as pa
import pytest
from stdnum import mac, numdb
from stdnum.exceptions import ValidationError

from corpus_audit.measure.detection.international import mac_address
from corpus_audit.measure.detection.scan import Scanner


def has_maker(address: str) -> bool:
    try:
        return bool(mac.get_manufacturer(address))
    except ValidationError:
        return False


def written(number: int) -> str:
    return ":".join(f"{byte:02x}" for byte in number.to_bytes(6, "big"))


def test_the_registry_says_what_python_stdnum_says_of_a_maker():
    chance = random.Random(1)
    blocks = [int(chance.choice(numdb.get("oui").prefixes)[1], 16) for _ in range(30)]
    numbers = [block << 24 | chance.randrange(1 << 24) for block in blocks]
    for number in numbers + [chance.randrange(1 << 48) for _ in range(30)]:
        assert mac_address._is_registered(written(number)) == has_maker(written(number)), hex(number)


@pytest.mark.parametrize("address", ["00:1b:c5:ff:f1:23", "70:b3:d5:ff:ff:ff"])
def test_a_part_of_a_block_that_no_maker_has_stops_no_scan(address):
    Scanner(b"key", (mac_address.DETECTOR,)).scan(pa.array([f"mac {address}"]))
