"""Valid values, wrong checksums, wrong shapes, and right shapes in an innocent context."""

from corpus_audit.measure.detection.br import cpf as br_cpf
from corpus_audit.measure.detection.us import ein as us_ein
from corpus_audit.measure.detection.us import itin as us_itin
from corpus_audit.measure.detection.us import routing as us_routing
from corpus_audit.measure.detection.us import ssn as us_ssn

TABLE = {
    us_ssn.DETECTOR: {
        "valid": {
            "536-90-4399": "536-90-4399",
            "SSN: 536904399": "536904399",
            "customerSsn=536904399": "536904399",
            "我的536-90-4399号": "536-90-4399",
        },
        "wrong shape": [
            "000-12-3456",
            "666-12-3456",
            "536-00-4399",
            "536-90-0000",
            "536-90-439",
            "53-690-4399",
            "078-05-1120",
        ],
        "innocent": ["536904399", "missn 536904399", "1-536-90-4399", "536-90-4399-1", "a536-90-4399", "$536-90-4399"],
    },
    us_itin.DETECTOR: {
        "valid": {"ITIN 912-90-3456": "912-90-3456"},
        "wrong shape": ["ITIN 812-90-3456", "ITIN 912-10-3456", "ITIN 912-9-3456"],
        "innocent": ["912-90-3456"],
    },
    us_ein.DETECTOR: {
        "valid": {"EIN: 91-1144442": "91-1144442"},
        "wrong shape": ["EIN: 07-1144442", "EIN: 91-114444"],
        "innocent": ["91-1144442", "being 91-1144442"],
    },
    us_routing.DETECTOR: {
        "valid": {"routing number 111000025": "111000025", "ABA number: 111000025": "111000025"},
        "wrong checksum": ["routing number 111000026"],
        "wrong shape": ["routing number 11100002"],
        "innocent": ["111000025", "database 111000025"],
    },
    br_cpf.DETECTOR: {
        "valid": {"390.533.447-05": "390.533.447-05", "CPF 39053344705": "39053344705"},
        "wrong checksum": ["390.533.447-06", "CPF 39053344706"],
        "wrong shape": ["390.533.447-0", "390.533.4470-5"],
        "innocent": ["39053344705", "1.390.533.447-05"],
    },
}


def test_finds_what_is_there_and_nothing_else(find, case):
    detector, text, value = case
    assert find(detector, text) == ([] if value is None else [value])
