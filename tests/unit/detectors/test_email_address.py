import pyarrow as pa
import pytest

from corpus_audit.measure.detection.international.email_address import DETECTOR
from corpus_audit.measure.detection.scan import Scanner

VALID = [
    ("mail to zoe.li@qq.com please", ["zoe.li@qq.com"]),
    ("zoe@mail.163.com", ["zoe@mail.163.com"]),
    ("Zoe Li <zoe+lists@sub.domain.co.uk>,", ["zoe+lists@sub.domain.co.uk"]),
    ("mailto:zoe@posteo.de?subject=hi", ["zoe@posteo.de"]),
    ("email=zoe@posteo.de&x=1", ["zoe@posteo.de"]),
    ("zoe@myexample.com", ["zoe@myexample.com"]),
    ("a@posteo.de;b@posteo.de,c@posteo.de", ["a@posteo.de", "b@posteo.de", "c@posteo.de"]),
    ("'o'brien@posteo.de'", ["o'brien@posteo.de"]),
    ("%3Czoe@posteo.de%3E", ["zoe@posteo.de"]),
    (r'"line\nzoe@posteo.de\u003e"', ["zoe@posteo.de"]),
    (r"\u003czoe@posteo.de", ["zoe@posteo.de"]),
    ("__zoe@posteo.de__", ["_zoe@posteo.de"]),
    ("...zoe@posteo.de", ["zoe@posteo.de"]),
    ("from 1.zoe@posteo.de:", ["1.zoe@posteo.de"]),
    ("zoe@xn--bcher-kva.de", ["zoe@xn--bcher-kva.de"]),
    ("jörg@bücher.de", ["jörg@bücher.de"]),
    ("иван@почта.рф", ["иван@почта.рф"]),
]
SENTENCE_AROUND = [
    ("write to zoe@posteo.de.", ["zoe@posteo.de"]),
    ("zoe@posteo.de.Then she left", ["zoe@posteo.de"]),
    ("zoe@posteo.de...", ["zoe@posteo.de"]),
    ("邮箱zoe@qq.com谢谢", ["zoe@qq.com"]),
    ("邮箱:zoe@qq.com。", ["zoe@qq.com"]),
    ("メールはzoe@docomo.ne.jpまで", ["zoe@docomo.ne.jp"]),
    ("전자우편은zoe@naver.com입니다", ["zoe@naver.com"]),
]
WRONG_SHAPE = [
    "@posteo.de", "zoe@", "zoe@posteo", "zoe@.de", "zoe@posteo.d", "zoe.@posteo.de", "zoe@-posteo.de",
    "zoe@posteo.notatld", "zoe@posteo..de", "x" * 81 + "@posteo.de", "zoe @posteo.de",
]  # fmt: skip
INNOCENT = [
    "@app.route('/')", "y = a@b.to(device)", "git@github.com:org/repo.git",
    "root@build.host.com:/srv/data", "zoe@build.host.com:proj/x.py", "https://zoe:pw@files.host.com/x", "postgres://zoe:pw@db.host.com:5432/x",
    "foo@2x.png", "icon@2x.ai", "react@18.2.0", "pkg@1.2.3.dev", "lodash@4.17.21/lodash.js", "@zoe@mastodon.social",
    "zoe@example.com", "zoe@mail.example.org", "zoe@host.test", "zoe@localhost", "this@MainActivity.app",
    "Message-ID: <20211020.GA1234@mail.posteo.de>", "image@sha256.deadbeef", "a@b.co",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VALID + SENTENCE_AROUND)
def test_finds_addresses_and_nothing_around_them(find, text, expected):
    assert find(DETECTOR, text) == expected


@pytest.mark.parametrize("text", WRONG_SHAPE + INNOCENT)
def test_finds_nothing_where_there_is_no_address(find, text):
    assert find(DETECTOR, text) == []


@pytest.mark.parametrize(
    ("text", "validator", "score"),
    [
        ("zoe@posteo.de", "top-level-domain", 0.95),
        ("noreply@posteo.de", "role-address", 0.4),
        ("Support@posteo.de", "role-address", 0.4),
        ("john.doe@posteo.de", "placeholder", 0.4),
    ],
)
def test_addresses_of_nobody_in_particular_score_low(text, validator, score):
    (row,) = Scanner(b"key", (DETECTOR,)).scan(pa.array([text])).to_pylist()
    assert (row["validator"], row["score"]) == (validator, score)


@pytest.mark.parametrize(
    ("text", "masked"),
    [("zoe@posteo.de", "z***@***.de"), ("zo@posteo.de", "***@***.de"), ("иван@почта.рф", "и***@***.рф")],
)
def test_mask_shows_a_character_and_the_top_level_domain_at_most(text, masked):
    (row,) = Scanner(b"key", (DETECTOR,)).scan(pa.array([text])).to_pylist()
    assert row["masked"] == masked


def test_case_does_not_make_another_address():
    table = Scanner(b"key", (DETECTOR,)).scan(pa.array(["Zoe@Posteo.DE", "zoe@posteo.de", "zoe2@posteo.de"]))
    first, second, third = table["keyed_hash"].to_pylist()
    assert first == second
    assert first != third
