"""Opt-outs by source and host: records whose addresses snapshots reserve, allow, or do not speak of."""

import pytest

from corpus_audit.evidence.opt_outs import HOSTS_NAMED

DISALLOW_NEWS = "User-agent: *\nDisallow: /news/"
PERIOD = {"collected_from": "2026-03", "collected_until": "2026-05-31"}


def rows(corpus):
    return {(row["source_id"], row["host"]): row for row in corpus.rows_of("opt_outs")}


def address(corpus, source_id, *urls):
    for url in urls:
        number = len(corpus.rows["records"])
        corpus.record(f"r{number}", source_id, 1, row=number, url=url)


def test_records_are_counted_by_what_the_snapshots_say(corpus):
    corpus.source("web", kind="web-crawl", opt_outs_checked="yes")
    corpus.snapshot("web", "robots.txt", DISALLOW_NEWS, crawler="ExampleBot")
    address(
        corpus, "web", "https://example.org/news/1", "http://EXAMPLE.org:80/news/2", "https://u:p@example.org/about"
    )
    row = rows(corpus)["web", "example.org"]
    assert (row["records"], row["records_reserved"], row["records_allowed"], row["records_not_recorded"]) == (
        3,
        2,
        1,
        0,
    )
    assert (row["state"], row["reserved_by"], row["kinds"]) == ("reserved", ["robots.txt"], ["robots.txt"])
    assert (row["kind"], row["opt_outs_checked"], row["crawlers"]) == ("web-crawl", "yes", ["ExampleBot"])


def test_a_host_that_allows_everything(corpus):
    corpus.source("web")
    corpus.snapshot("web", "robots.txt", DISALLOW_NEWS)
    address(corpus, "web", "https://example.org/a")
    row = rows(corpus)["web", "example.org"]
    assert (row["state"], row["records_allowed"], row["reserved_by"]) == ("allowed", 1, [])


def test_a_port_makes_another_host(corpus):
    corpus.source("web")
    corpus.snapshot("web", "robots.txt", DISALLOW_NEWS, host="example.org:8080")
    address(corpus, "web", "https://example.org:8080/news/1", "https://example.org/news/1")
    found = rows(corpus)
    assert found["web", "example.org:8080"]["state"] == "reserved"
    assert found["web", "example.org"]["state"] == "not-recorded"


def test_a_snapshot_speaks_for_its_own_source(corpus):
    corpus.source("a")
    corpus.source("b")
    corpus.snapshot("a", "robots.txt", DISALLOW_NEWS)
    address(corpus, "a", "https://example.org/news/1")
    address(corpus, "b", "https://example.org/news/1")
    found = rows(corpus)
    assert found["a", "example.org"]["state"] == "reserved"
    assert (found["b", "example.org"]["state"], found["b", "example.org"]["snapshots"]) == ("not-recorded", 0)


def test_records_without_an_address_are_not_recorded(corpus):
    corpus.source("web")
    corpus.snapshot("web", "robots.txt", DISALLOW_NEWS)
    address(corpus, "web", None, "not an address")
    found = rows(corpus)
    assert (found["web", "(no address)"]["records"], found["web", "(no address)"]["records_not_recorded"]) == (2, 2)
    assert (found["web", "example.org"]["records"], found["web", "example.org"]["state"]) == (0, "not-recorded")


def test_a_source_without_addresses_and_snapshots_has_no_row(corpus):
    corpus.source("books")
    address(corpus, "books", None, None)
    assert corpus.rows_of("opt_outs") == []


def test_a_snapshot_that_could_not_be_read_says_nothing(corpus):
    corpus.source("web")
    corpus.snapshot("web", "robots.txt", None)
    address(corpus, "web", "https://example.org/news/1")
    assert rows(corpus)["web", "example.org"]["records_not_recorded"] == 1


def test_many_hosts_without_a_snapshot_share_a_row(corpus):
    corpus.source("web")
    address(corpus, "web", "https://large.example/1", "https://large.example/2")
    address(corpus, "web", *(f"https://h{number:03}.example/" for number in range(HOSTS_NAMED + 20)))
    found = rows(corpus)
    assert len(found) == HOSTS_NAMED + 1
    other = found["web", "(other hosts)"]
    assert (other["hosts"], other["records"], other["state"]) == (21, 21, "not-recorded")
    assert found["web", "large.example"]["records"] == 2


@pytest.mark.parametrize(
    ("observed", "state"),
    [
        (["2026-03-01"], "during"),
        (["2026-05-31T23:00:00Z"], "during"),
        (["2026"], "during"),
        (["2026-02-28"], "outside"),
        (["2026-04-01", "2026-06-01"], "outside"),
        (["not-recorded"], "not-recorded"),
    ],
)
def test_the_time_of_observation_is_held_against_the_collection(corpus, observed, state):
    corpus.source("web", **PERIOD)
    for day in observed:
        corpus.snapshot("web", "robots.txt", "", observed_at=day)
    row = rows(corpus)["web", "example.org"]
    assert row["observation_state"] == state
    assert (row["observed_from"], row["observed_until"]) == (observed[0], observed[-1])
