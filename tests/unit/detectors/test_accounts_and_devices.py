"""Valid values, wrong checksums, wrong shapes, and right shapes in an innocent context."""

from corpus_audit.measure.detection.international import (
    address,
    credit_card,
    crypto,
    date_of_birth,
    iban_code,
    imei,
    ip_address,
    mac_address,
    phone_number,
)

WALLET = "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD"
ETHER = "0x52908400098527886E0F7030069857D2E4169EE7"

TABLE = {
    credit_card.DETECTOR: {
        "valid": {
            "card 4929834911424945.": "4929834911424945",
            "卡号4929834911424945有效": "4929834911424945",
            "4929 8349 1142 4945": "4929 8349 1142 4945",
            "4929-8349-1142-4945": "4929-8349-1142-4945",
            "3714 496353 98431": "3714 496353 98431",
            "2221000000000009": "2221000000000009",
        },
        "wrong checksum": ["4929834911424946", "4929 8349 1142 4946"],
        "wrong shape": ["492983491142494", "9929834911424945", "4929 83491142 4945", "4929-8349 1142-4945"],
        "innocent": [
            "0.4929834911424945", "-.4929834911424945", "4929834911424945.3", "x4929834911424945", "4929834911424945e",
            "4929834911424945%", "deadbeef-4929834911424945", "4444444444444448", "1-4929834911424945",
        ],
    },
    iban_code.DETECTOR: {
        "valid": {
            "GB29NWBK60161331926819": "GB29NWBK60161331926819",
            "gb29nwbk60161331926819": "gb29nwbk60161331926819",
            "IBAN DE89 3704 0044 0532 0130 00 AND MORE": "DE89 3704 0044 0532 0130 00",
            "NO93 8601 1117 947": "NO93 8601 1117 947",
        },
        "wrong checksum": ["GB28NWBK60161331926819", "DE88 3704 0044 0532 0130 00"],
        "wrong shape": ["GB29NWBK6016133192681", "XX29NWBK60161331926819", "Gb29NWbk60161331926819"],
        "innocent": ["xGB29NWBK60161331926819", "GB29NWBK60161331926819AAAAAAAAAAAAA"],
    },
    crypto.DETECTOR: {
        "valid": {
            f"pay {WALLET}": WALLET,
            "bc1qardv855yjngspvxuttq897aqca3lxju2y69jce": "bc1qardv855yjngspvxuttq897aqca3lxju2y69jce",
            f"my ethereum wallet: {ETHER}": ETHER,
        },
        "wrong checksum": [WALLET[:-1] + "E", "bc1qardv855yjngspvxuttq897aqca3lxju2y69jcf"],
        "wrong shape": [WALLET[:20], "bc1qardv8"],
        "innocent": [ETHER, "wallet 0x0000000000000000000000000000000000000000", "x" + WALLET],
    },
    imei.DETECTOR: {
        "valid": {"IMEI 490154203237518": "490154203237518", "imei: 35-686800-004141-8": "35-686800-004141-8"},
        "wrong checksum": ["IMEI 490154203237519"],
        "wrong shape": ["IMEI 49015420323751"],
        "innocent": ["490154203237518", "IMEI 0.490154203237518"],
    },
    ip_address.DETECTOR: {
        "valid": {
            "from 207.155.150.156:8080": "207.155.150.156",
            "来自207.155.150.156的请求": "207.155.150.156",
            "http://207.155.150.156/x": "207.155.150.156",
            "ip=207.155.150.156": "207.155.150.156",
            "host 5.6.7.9 up": "5.6.7.9",
            "10.218.6.131": "10.218.6.131",
            "2a02:8070:a1be:9c00:9cf0:4787:85fc:261e": "2a02:8070:a1be:9c00:9cf0:4787:85fc:261e",
            "[2a02:8070::4787:1]": "2a02:8070::4787:1",
            "fe80::21b:44ff:fe11:3ab7": "fe80::21b:44ff:fe11:3ab7",
        },
        "wrong shape": ["207.155.150", "207.155.150.256", "207.155.150.1567", "2a02:8070:a1be:9c00:9cf0", "12:34:56"],
        "innocent": [
            "v1.2.3.40", "version 91.0.44.124", "Chrome/100.0.48.12", "pkg==2.31.0.50", "3.1.2.1 Scope",
            "1.3.6.1.4.1.311", "127.0.0.1", "0.0.0.0", "255.255.255.0", "224.0.0.251", "192.0.2.7", "198.51.100.4",
            "203.0.113.9", "8.8.8.8", "10.1.0.0/16", "2001:db8::1", "std::vector<a::b>", "x[1::2]",
            "lib-100.20.30.40-x86", "OID 2.5.29.46", "3a:19:f4:d7:82:0b:51:6e:",
        ],
    },
    mac_address.DETECTOR: {
        "valid": {"ether d0:50:99:84:a2:a0 up": "d0:50:99:84:a2:a0", "D0-50-99-84-A2-A0": "D0-50-99-84-A2-A0"},
        "wrong shape": ["d0:50:99:84:a2", "d0:50:99:84:a2:g0", "d0:50-99:84-a2:a0"],
        "innocent": [
            "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "01:00:5e:00:00:fb", "d0:50:99:84:a2:a0:11:22",
            "12:34:56:78:9a:bc",
        ],
    },
    phone_number.DETECTOR: {
        "valid": {
            "+44 20 8366 1177": "+44 20 8366 1177",
            "电话+442083661177。": "+442083661177",
            "(650) 253-2222": "(650) 253-2222",
            "call 650-253-2222 x302 now": "650-253-2222 x302",
            "phone: 0348 2102744": "0348 2102744",
            "电话：010-62345678": "010-62345678",
            "fax 020 8366 1177": "020 8366 1177",
            "078 6657 2626 office": "078 6657 2626",
            "Auf dem Zettel stand 030 901820.": "030 901820",
            "Il a noté 01 42 68 53 00 sur la page.": "01 42 68 53 00",
            "She wrote (020) 8366 1177 on it.": "(020) 8366 1177",
            "紙には090-1234-5679とあった。": "090-1234-5679",
            "종이에는 02-312-3456 라고": "02-312-3456",
            "A papíron 30/123-4567 állt.": "30/123-4567",
            "записал 8 912 345-67-89 на": "8 912 345-67-89",
            "No papel estava (11) 91234-5678.": "(11) 91234-5678",
            "stálo 00420 602 123 456 na": "00420 602 123 456",
            "to (+351) 912 345 678, please": "(+351) 912 345 678",
        },
        "wrong shape": ["+44 20 8366", "650-253-222", "(000) 253-2222", "+999 20 8366 1177", "020 8366"],
        "innocent": [
            "Boston, MA 02110-1301 USA", "# 01-23-45-67-89-ab", "codes 01000-99999", "05-11-2026 10",
            "0.042 0.123 0.456", "01 02 03 04 05 06 07", "12 (98) 1234-1240", "0x01 42 68 53 00", "01.02.2023 12:30",
            "x+442083661177", "callback 12345678-1234-5678", "650-253-2222-9", "phone: 2021-03-04", "tel: 111111111",
            "3-650-253-2222", "call 4194373", "cellular 2083661177", "1e+10000000",
        ],
    },
    date_of_birth.DETECTOR: {
        "valid": {
            "Date of birth: 1987-02-28": "1987-02-28",
            "DOB 02/28/1987": "02/28/1987",
            '"birthday": "28.02.1987"': "28.02.1987",
            "She was born on 3 March 1987 in": "3 March 1987",
            "born March 3, 1987": "March 3, 1987",
            "出生日期：1987年2月28日": "1987年2月28日",
            "生于1987年2月28日": "1987年2月28日",
            "出生：19870228": "19870228",
        },
        "wrong shape": ["DOB 1987-02-30", "DOB 1987-13-01", "born 1987", "生日 13月45日"],
        "innocent": ["updated 1987-02-28", "born to run 1987-02-28", "stillborn1987-02-28"],
    },
    address.DETECTOR: {
        "valid": {
            "住址：北京市海淀区中关村大街27号，": "北京市海淀区中关村大街27号",
            "家庭住址:广东省深圳市南山区科技路1号A栋": "广东省深圳市南山区科技路1号A栋",
            "Address: 1600 Pennsylvania Avenue, Washington": "1600 Pennsylvania Avenue, Washington",
            "He lives at 12 Baker Street.": "12 Baker Street.",
        },
        "wrong shape": ["住址：北京", "Address: Pennsylvania Avenue", "address: 12 x"],
        "innocent": ["IP地址：由服务器分配给客户端的数字标识", "address 0x1600", "北京市海淀区中关村大街27号"],
    },
}  # fmt: skip


def test_finds_what_is_there_and_nothing_else(find, case):
    detector, text, value = case
    assert find(detector, text) == ([] if value is None else [value])
