"""Valid values, wrong checksums, wrong shapes, and right shapes in an innocent context."""

from corpus_audit.measure.detection.cn import bank_card as cn_bank_card
from corpus_audit.measure.detection.cn import mobile as cn_mobile
from corpus_audit.measure.detection.cn import passport as cn_passport
from corpus_audit.measure.detection.cn import resident_id as cn_resident_id
from corpus_audit.measure.detection.cn import uscc as cn_uscc
from corpus_audit.measure.detection.cn import vehicle_plate as cn_vehicle_plate
from corpus_audit.measure.detection.hk import identity_card as hk_id
from corpus_audit.measure.detection.in_ import aadhaar as in_aadhaar
from corpus_audit.measure.detection.in_ import pan as in_pan
from corpus_audit.measure.detection.jp import my_number as jp_my_number
from corpus_audit.measure.detection.kr import rrn as kr_rrn
from corpus_audit.measure.detection.tw import identity_card as tw_id

TABLE = {
    cn_resident_id.DETECTOR: {
        "valid": {
            "身份证号11010519491231002X。": "11010519491231002X",
            "id=11010519491231002x": "11010519491231002x",
            "身份證：360426199101010071": "360426199101010071",
        },
        "wrong checksum": ["身份证号110105194912310021", "360426199101010072"],
        "wrong shape": ["1101051949123100X", "11010519491331002X", "990105194912310021", "360426199113010071"],
        "innocent": ["0x360426199101010071", "0.360426199101010071", "360426199101010071.5", "a360426199101010071"],
    },
    cn_mobile.DETECTOR: {
        "valid": {
            "手机13812345678，": "13812345678",
            "call +86 138-1234-5678 now": "+86 138-1234-5678",
            "+8613812345678": "+8613812345678",
            "008613812345678": "008613812345678",
            "联系我 138 1234 5678": "138 1234 5678",
        },
        "wrong shape": ["1381234567", "138123456789", "12012345678", "13800000000", "138-12345-678", "17951002198"],
        "innocent": [
            "0.13812345678",
            "13812345678.25",
            "+13812345678",
            "id_13812345678",
            "99-13812345678-1",
            "(17643225600., 8821612800.)",
            "| 17179869184 |",
        ],
    },
    cn_uscc.DETECTOR: {
        "valid": {"统一社会信用代码91110000600037341L": "91110000600037341L"},
        "wrong checksum": ["统一社会信用代码91110000600037341M"],
        "wrong shape": ["9111000060003734", "91110000600037341I", "81110000600037341L"],
        "innocent": ["91110000600037341L7", "x91110000600037341L"],
    },
    cn_passport.DETECTOR: {
        "valid": {"护照号 E12345678": "E12345678", "passport no. G87654321": "G87654321", "护照EA1234567": "EA1234567"},
        "wrong shape": ["护照 E1234567", "护照 A12345678", "护照 E123456789"],
        "innocent": ["part E12345678 in stock", "G87654321"],
    },
    cn_bank_card.DETECTOR: {
        "valid": {
            "卡号6222023600059876544": "6222023600059876544",
            "6222 0236 0005 9876 544": "6222 0236 0005 9876 544",
            "银行卡：9558800200000000121": "9558800200000000121",
        },
        "wrong checksum": ["卡号6222023600059876545", "银行卡 9558800200000000122"],
        "wrong shape": ["卡号622202360005987", "62220236000598765441"],
        "innocent": ["0.6222023600059876544", "9558800200000000121"],
    },
    cn_vehicle_plate.DETECTOR: {
        "valid": {
            "车牌京A12345。": "京A12345",
            "粤B·12345": "粤B·12345",
            "沪AD12345": "沪AD12345",
            "京A1234警": "京A1234警",
        },
        "wrong shape": ["京A1234", "京I12345", "京AABCDE", "国A12345"],
        "innocent": ["京A123456789", "南京B座"],
    },
    hk_id.DETECTOR: {
        "valid": {"A123456(3)": "A123456(3)", "香港身份證 AB9876543": "AB9876543"},
        "wrong checksum": ["A123456(4)", "香港身份證 AB9876544"],
        "wrong shape": ["A12345(3)", "ABC123456(3)"],
        "innocent": ["f(A123456)(3)", "AB9876543"],
    },
    tw_id.DETECTOR: {
        "valid": {"身分證A123456789": "A123456789"},
        "wrong checksum": ["身分證A123456788"],
        "wrong shape": ["A323456789", "A12345678", "a123456789"],
        "innocent": ["SA123456789", "A123456789Z", "1-A123456789-0"],
    },
    in_aadhaar.DETECTOR: {
        "valid": {"Aadhaar 2341 2341 2346": "2341 2341 2346", "uidai: 234123412346": "234123412346"},
        "wrong checksum": ["Aadhaar 2341 2341 2347"],
        "wrong shape": ["Aadhaar 2341 2341 234", "Aadhaar 1341 2341 2346"],
        "innocent": ["2341 2341 2346", "0.234123412346 aadhaar"],
    },
    in_pan.DETECTOR: {
        "valid": {"PAN: ACUPA7085R": "ACUPA7085R", "ACUPA7085R": "ACUPA7085R"},
        "wrong shape": ["ACUPA70855", "ACUXA7085R", "ACUPA0000R"],
        "innocent": ["XACUPA7085R", "ACUPA7085RS", "0-ACUPA7085R-1"],
    },
    kr_rrn.DETECTOR: {
        "valid": {"주민등록번호 971013-9019902": "971013-9019902"},
        "wrong checksum": ["971013-9019903"],
        "wrong shape": ["971313-9019902", "971013-901990"],
        "innocent": ["1-971013-9019902", "971013-9019902-3"],
    },
    jp_my_number.DETECTOR: {
        "valid": {"マイナンバー123456789018": "123456789018", "個人番号 9876 5432 1093": "9876 5432 1093"},
        "wrong checksum": ["マイナンバー123456789017"],
        "wrong shape": ["マイナンバー12345678901"],
        "innocent": ["order 123456789018", "9876 5432 1093"],
    },
}


def test_finds_what_is_there_and_nothing_else(find, case):
    detector, text, value = case
    assert find(detector, text) == ([] if value is None else [value])
