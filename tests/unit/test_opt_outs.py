"""What each carrier of an opt-out says of an address, and what they say together."""

import pytest

from corpus_audit.rights.opt_outs.pages import read_headers, read_meta
from corpus_audit.rights.opt_outs.paths import compile_pattern, path_of
from corpus_audit.rights.opt_outs.preferences import read_preferences, read_reservation, read_robots_tag
from corpus_audit.rights.opt_outs.statuses import HostRules, Snapshot
from corpus_audit.vocabulary import NOT_RECORDED, OptOutKind

SITE = "https://example.org"
PAGE = f"{SITE}/news/1.html"


def decide(*seen: tuple[str, str], url: str = PAGE, crawler: str = "ExampleBot", at: str | None = None) -> str:
    """Return what snapshots (kind, content) say of an address."""
    snapshots = [Snapshot(OptOutKind(kind), content, crawler, at) for kind, content in seen]
    return str(HostRules.of(snapshots).decide(url).state)


# --- robots.txt -------------------------------------------------------------------------------------------------------

ROBOTS = """\
User-agent: *
Disallow: /news/
Allow: /news/free/

User-agent: ExampleBot
User-agent: OtherBot
Disallow: /
Allow: /open/
"""


@pytest.mark.parametrize(
    ("crawler", "path", "state"),
    [
        ("ExampleBot", "/news/free/1", "reserved"),
        ("ExampleBot", "/open/1", "allowed"),
        ("OtherBot/2.0 (+https://other.example)", "/news/1", "reserved"),
        ("ThirdBot", "/news/1", "reserved"),
        ("ThirdBot", "/news/free/1", "allowed"),
        ("ThirdBot", "/", "allowed"),
        (NOT_RECORDED, "/news/1", "reserved"),
        (NOT_RECORDED, "/open/1", "allowed"),
    ],
)
def test_robots_is_read_for_the_crawler_and_the_longest_path_decides(crawler: str, path: str, state: str) -> None:
    assert decide(("robots.txt", ROBOTS), url=SITE + path, crawler=crawler) == state


def test_an_empty_robots_allows_and_a_page_in_its_place_says_nothing() -> None:
    assert decide(("robots.txt", "")) == "allowed"
    assert decide(("robots.txt", "# nothing\n")) == "allowed"
    assert decide(("robots.txt", "<html><title>Not found</title></html>")) == NOT_RECORDED


@pytest.mark.parametrize(
    ("path", "state"),
    [("/test", "reserved"), ("/ai-ok/test", "allowed"), ("/never/test", "reserved"), ("/both/x", "reserved")],
)
def test_preferences_in_robots_follow_the_longest_path(path: str, state: str) -> None:
    robots = """\
User-Agent: *
Allow: /
Disallow: /never/
Content-Usage: train-ai=n
Content-Usage: /ai-ok/ train-ai=y
Content-Usage: /both/ train-ai=y
Content-Usage: /both/ train-ai=n
"""
    assert decide(("robots.txt", robots), url=SITE + path) == state


def test_preferences_belong_to_the_group_that_names_the_crawler() -> None:
    robots = "User-agent: *\nContent-Signal: ai-train=no, search=yes\nAllow: /\n\nUser-agent: ExampleBot\nAllow: /\n"
    assert decide(("robots.txt", robots)) == "allowed"
    assert decide(("robots.txt", robots), crawler="ThirdBot") == "reserved"


def test_a_signal_above_all_groups_is_for_everybody() -> None:
    robots = "Content-Signal: ai-train=no\nUser-agent: ExampleBot\nAllow: /\n"
    assert decide(("robots.txt", robots)) == "reserved"


@pytest.mark.parametrize(
    ("content", "path", "state"),
    [
        ("User-Agent: *\nDisallow: *.jpg\nAllow: *.txt\n", "/a/photo.jpg", "reserved"),
        ("User-Agent: *\nDisallow: *.jpg\nAllow: *.txt\n", "/a/story.txt", "allowed"),
        ("User-Agent: *\nDisallow: /\nAllow: *.txt\n", "/a/story.txt", "allowed"),
        ("User-Agent: *\nDisallow: /\n", "/", "reserved"),
        ("# About us\n\nWe sell books.", "/", NOT_RECORDED),
        ("", "/", NOT_RECORDED),
    ],
)
def test_ai_txt_names_kinds_of_files(content: str, path: str, state: str) -> None:
    assert decide(("ai.txt", content), url=SITE + path) == state


# --- TDMRep -----------------------------------------------------------------------------------------------------------

TDMREP = """[
  {"location": "/news/free/*.html$", "tdm-reservation": 0},
  {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://example.org/policy.json"},
  {"location": "/News/", "tdm-reservation": 0},
  {"location": "/odd/", "tdm-reservation": 2}
]"""


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/news/1.html", "reserved"),
        ("/n%65ws/1.html", "reserved"),
        ("/news/free/1.html", "allowed"),
        ("/news/free/1.html?x=1", "reserved"),
        ("/News/1.html", "allowed"),
        ("/odd/1", NOT_RECORDED),
        ("/other", NOT_RECORDED),
    ],
)
def test_the_first_rule_of_tdmrep_that_matches_decides(path: str, state: str) -> None:
    assert decide(("tdmrep.json", TDMREP), url=SITE + path) == state


@pytest.mark.parametrize("content", ["", "no json", "{}", "[1, {}]", '[{"location": 1}]', "[" * 100_000])
def test_what_is_no_tdmrep_says_nothing(content: str) -> None:
    assert decide(("tdmrep.json", content)) == NOT_RECORDED


def test_headers_replace_the_file_and_the_page_replaces_headers() -> None:
    file = ("tdmrep.json", '[{"location": "/", "tdm-reservation": 1}]')
    header = ("headers", "HTTP/1.1 200 OK\nTDM-Reservation: 0\nContent-Type: text/html")
    page = ("meta", '<html><head><meta name="tdm-reservation" content="1"></head>')
    assert decide(file) == "reserved"
    assert decide(file, header) == "allowed"
    assert decide(file, header, page) == "reserved"
    assert decide(file, ("headers", "Content-Type: text/html")) == "reserved"


def test_a_header_that_allows_mining_does_not_replace_other_carriers() -> None:
    assert decide(("robots.txt", "User-agent: *\nDisallow: /"), ("headers", "tdm-reservation: 0")) == "reserved"
    assert decide(("headers", "tdm-reservation: 0\nX-Robots-Tag: noai")) == "reserved"


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_page_speaks_for_itself_and_a_host_for_all_its_pages() -> None:
    reserved = ("headers", "tdm-reservation: 1")
    assert decide(reserved, at=PAGE) == "reserved"
    assert decide(reserved, at=f"{PAGE}#part") == "reserved"
    assert decide(reserved, at=f"{SITE}/other") == NOT_RECORDED
    assert decide(reserved, at=None) == "reserved"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("train-ai=n", "reserved"),
        ("search=y, train-ai=y", "allowed"),
        ("ai-train=no, search=yes", "reserved"),
        ("ai=n, train-ai=y", "allowed"),
        ("ai=n", "reserved"),
        ("train-ai=n;exceptions=1, train-genai=y", "reserved"),
        ("search=no", None),
        ("train-ai=maybe", None),
        ("", None),
    ],
)
def test_preferences_speak_of_training(text: str, state: str | None) -> None:
    assert read_preferences(text) == state
    assert decide(("content-usage", text)) == (state or NOT_RECORDED)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("noai", "reserved"),
        ("noindex, NoImageAI", "reserved"),
        ("ExampleBot: noai", "reserved"),
        ("OtherBot: noai", None),
        ("noindex, OtherBot: noai", None),
        ("OtherBot: noindex, *: noai", "reserved"),
        ("noml", "reserved"),
        ("unavailable_after: 25 Jun 2010 15:00:00 PST, noai", "reserved"),
        ("noindex", None),
        ("all", None),
    ],
)
def test_robots_tags(value: str, state: str | None) -> None:
    assert read_robots_tag(value, "ExampleBot") == state


@pytest.mark.parametrize(("value", "state"), [(1, "reserved"), ("0", "allowed"), (True, None), (2, None), (None, None)])
def test_reservations(value: object, state: str | None) -> None:
    assert read_reservation(value) == state


def test_fields_of_headers_and_pages() -> None:
    assert list(read_headers("HTTP/2 200\nA-B: c: d\n: x\nno field\n")) == [("a-b", "c: d")]
    page = "<META NAME=Robots CONTENT='noai'><meta charset=utf-8><p>text</p><![if !x]>"
    assert list(read_meta(page)) == [("x-robots-tag", "noai")]
    assert list(read_meta("robots: noai")) == [("x-robots-tag", "noai")]


def test_reservations_are_told_by_their_carriers() -> None:
    snapshots = [
        Snapshot(OptOutKind.ROBOTS, "User-agent: *\nAllow: /\nContent-Signal: ai-train=no", "x", None),
        Snapshot(OptOutKind.META, "robots: noai", "x", None),
        Snapshot(OptOutKind.AI_TXT, "User-agent: *\nAllow: /", "x", None),
    ]
    decision = HostRules.of(snapshots).decide(PAGE)
    assert decision.reserved_by == {OptOutKind.ROBOTS, OptOutKind.META}


def test_paths() -> None:
    assert path_of("https://example.org") == "/"
    assert path_of("https://example.org/a%7Eb?q=%2f#x") == "/a~b?q=%2F"
    assert path_of("https://[broken/a") == "/"
    assert compile_pattern("/*.jpg$").match("/a/b.jpg")
    assert not compile_pattern("/*.jpg$").match("/a/b.jpg?x")
    assert compile_pattern("/a+b(").match("/a+b(c")
