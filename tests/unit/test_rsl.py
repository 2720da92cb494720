"""RSL documents, and what records state about their own use."""

import pytest

from corpus_audit.corpus.own_statements import OwnStatement, read_link_header, robots_directives, shown_address
from corpus_audit.rights.opt_outs.own import decide_own
from corpus_audit.rights.opt_outs.rsl import MAX_BYTES, names_rsl, read_rsl
from corpus_audit.rights.opt_outs.statuses import HostRules, Snapshot
from corpus_audit.vocabulary import NOT_RECORDED, OptOutKind, OptOutProtocol, StatementPlace

SITE = "https://example.org"


def document(terms: str, url: str = "/", more: str = "", content: str = "") -> str:
    return (
        '<?xml version="1.0"?><rsl xmlns="https://rslstandard.org/rsl">'
        f'<content url="{url}" {content}><license>{terms}</license></content>{more}</rsl>'
    )


def decide(*seen: tuple[str, str], path: str = "/a") -> str:
    snapshots = [Snapshot(OptOutKind(kind), content, "ExampleBot", None) for kind, content in seen]
    return str(HostRules.of(snapshots).decide(SITE + path).state)


@pytest.mark.parametrize(
    ("terms", "state"),
    [
        ('<prohibits type="usage">ai-train</prohibits>', "reserved"),
        ('<prohibits type="usage">ai-all</prohibits>', "reserved"),
        ('<prohibits type="usage">train-ai</prohibits>', "reserved"),
        ('<prohibits type="usage">ai-input ai-index</prohibits>', "allowed"),
        ('<permits type="usage">search</permits>', "reserved"),
        ('<permits type="usage">search, ai-train</permits>', "allowed"),
        ('<permits type="usage">all</permits>', "allowed"),
        ('<permits type="usage">ai-train</permits><prohibits type="usage">ai-train</prohibits>', "reserved"),
        ('<permits type="usage">ai-train</permits><payment type="free"/>', "allowed"),
        ('<permits type="usage">ai-train</permits><payment type="attribution"/>', "allowed"),
        (
            '<permits type="usage">ai-train</permits><payment type="training"><amount>9</amount></payment>',
            "reserved",
        ),
        ('<permits type="usage">ai-all</permits><payment><standard>https://l.example</standard></payment>', "reserved"),
        ('<permits type="usage">ai-all</permits><permits type="user">education</permits>', NOT_RECORDED),
        ('<prohibits type="usage">ai-all</prohibits><permits type="geo">EU</permits>', "reserved"),
        ("", "allowed"),
    ],
)
def test_licenses_of_rsl_speak_of_training(terms: str, state: str) -> None:
    assert decide(("rsl", document(terms))) == state


def test_the_longest_path_decides_and_licenses_are_a_choice() -> None:
    open_part = '<content url="/open/*"><license><permits type="usage">ai-train</permits></license></content>'
    choice = (
        '<content url="/choice"><license><payment type="purchase"/></license>'
        '<license><permits type="usage">ai-train</permits></license></content>'
        '<content url="/silent"/><content url="https://other.example/b"><license/></content>'
    )
    seen = ("rsl", document('<prohibits type="usage">all</prohibits>', more=open_part + choice))
    assert decide(seen) == "reserved"
    assert decide(seen, path="/open/1") == "allowed"
    assert decide(seen, path="/choice") == "allowed"
    assert decide(seen, path="/silent") == NOT_RECORDED
    assert decide(seen, path="/b") == "reserved"


def test_a_license_server_has_to_be_asked() -> None:
    terms = '<permits type="usage">ai-train</permits>'
    assert decide(("rsl", document(terms, content='server="https://l.example"'))) == "reserved"


def test_absolute_addresses_cover_their_host() -> None:
    assert decide(("rsl", document('<prohibits type="usage">all</prohibits>', url=f"{SITE}/a*"))) == "reserved"
    assert decide(("rsl", document('<prohibits type="usage">all</prohibits>', url="https://other.example/"))) == (
        NOT_RECORDED
    )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no xml",
        "<html><body/></html>",
        "<rsl/>",
        '<!DOCTYPE rsl [<!ENTITY a "aaaa">]>' + document("&a;").partition("?>")[2],
        document("<permits>") + "x",
        "<rsl>" + "<a>" * 100 + "</a>" * 100 + "</rsl>",
        document(" " * MAX_BYTES),
    ],
    ids=["empty", "text", "page", "without content", "entities", "damaged", "deep", "large"],
)
def test_what_is_no_rsl_says_nothing(content: str) -> None:
    assert read_rsl(content) is None
    assert decide(("rsl", content)) == NOT_RECORDED


def test_terms_that_robots_names_must_be_seen_before_anything_is_allowed() -> None:
    robots = ("robots.txt", "License: https://example.org/rsl.xml\nUser-agent: *\nAllow: /\nDisallow: /b\n")
    assert names_rsl(robots[1])
    assert decide(robots) == NOT_RECORDED
    assert decide(robots, path="/b") == "reserved"
    assert decide(robots, ("rsl", document('<permits type="usage">ai-train</permits>'))) == "allowed"
    assert decide(robots, ("rsl", document('<prohibits type="usage">ai-train</prohibits>'))) == "reserved"
    assert decide(robots, ("rsl", "not xml")) == NOT_RECORDED


def own(*said: tuple[str, str, str], crawlers: tuple[str, ...] = ()) -> tuple[str, list[str], bool]:
    statements = [OwnStatement(StatementPlace(place), OptOutProtocol(protocol), text) for place, protocol, text in said]
    decision = decide_own(statements, crawlers)
    return decision.state, sorted(decision.reserved_by), decision.names_terms


def test_one_reservation_of_a_record_is_enough() -> None:
    assert own(("header", "robots-tag", "noml"), ("page", "content-usage", "train-ai=y")) == (
        "reserved",
        ["headers"],
        False,
    )
    assert own(("page", "content-usage", "train-ai=y")) == ("allowed", [], False)
    assert own(("page", "content-usage", "ai-use=n, search=n")) == (NOT_RECORDED, [], False)
    assert own(("header", "content-signal", "ai-train=no")) == ("reserved", ["headers"], False)


def test_a_page_goes_before_its_headers_within_tdmrep_only() -> None:
    header, on_page = ("header", "tdmrep", "tdm-reservation: 1"), ("page", "tdmrep", "tdm-reservation: 0")
    assert own(header, on_page) == ("allowed", [], False)
    assert own(header, ("page", "tdmrep", "tdm-policy: https://example.org/p")) == ("reserved", ["headers"], False)
    assert own(header, ("page", "tdmrep", "tdm-reservation: ?")) == ("reserved", ["headers"], False)
    assert own(on_page, ("header", "robots-tag", "noai")) == ("reserved", ["headers"], False)


def test_a_directive_for_one_crawler_counts_for_that_crawler() -> None:
    said = ("header", "robots-tag", "otherbot: noai")
    assert own(said) == (NOT_RECORDED, [], False)
    assert own(said, crawlers=("ExampleBot",)) == (NOT_RECORDED, [], False)
    assert own(said, crawlers=("ExampleBot", "OtherBot")) == ("reserved", ["headers"], False)


def test_terms_that_are_not_here_leave_open_what_the_rest_allows() -> None:
    terms = ("header", "rsl", "license")
    assert own(terms, ("page", "content-usage", "train-ai=y")) == (NOT_RECORDED, [], True)
    assert own(terms, ("page", "robots-tag", "noai")) == ("reserved", ["meta"], True)


@pytest.mark.parametrize(
    ("value", "directives"),
    [
        ("noai, noindex", [("", "noai"), ("", "noindex")]),
        ("OtherBot: noai, noml", [("otherbot", "noai"), ("otherbot", "noml")]),
        ("noindex, otherbot: noai, *: noml", [("", "noindex"), ("otherbot", "noai"), ("", "noml")]),
        ("unavailable_after: 25 Jun 2010 15:00:00 PST, noai", [("", "noai")]),
        ("max-snippet:20, noai", [("", "noai")]),
    ],
)
def test_robots_directives(value: str, directives: list[tuple[str, str]]) -> None:
    assert list(robots_directives(value)) == directives


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://jane:pw@example.org/a?token=1#x", "https://example.org/a"),
        ("/terms?x=1", "https://base.example/terms"),
        ("mailto:jane@example.org", ""),
        ("https://example.org/jane@example.org", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
        ("https://example.org/" + "a" * 400, ""),
    ],
)
def test_addresses_are_shown_without_what_may_be_personal(address: str, shown: str) -> None:
    assert shown_address(address, "https://base.example/a/b") == shown


def test_link_headers() -> None:
    value = '<https://a.example/l.xml>; rel="license"; type="application/rsl+xml", </b>; rel=next, <c>; rel="x license"'
    found = [(link.address, link.media_type) for link in read_link_header(value)]
    assert found == [("https://a.example/l.xml", "application/rsl+xml"), ("c", "")]
    assert list(read_link_header("<" * 100_000)) == []
    assert list(read_link_header("<a>" + "; a" * 20_000)) == []
