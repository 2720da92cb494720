"""Opt-outs by source and host: records that snapshots or their own statements reserve, allow, or do not speak of."""

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


OBSERVED = [
    (["2026-03-01"], "during"),
    (["2026-05-31T23:00:00Z"], "during"),
    (["2026"], "during"),
    (["2026-02-28"], "outside"),
    (["2026-04-01", "2026-06-01"], "outside"),
    (["not-recorded"], "not-recorded"),
]


def test_the_time_of_observation_is_held_against_the_collection(corpus):
    for number, (days, _state) in enumerate(OBSERVED):
        corpus.source(f"s{number}", **PERIOD)
        for day in days:
            corpus.snapshot(f"s{number}", "robots.txt", "", observed_at=day)
    found = [
        (row["observation_state"], row["observed_from"], row["observed_until"]) for row in corpus.rows_of("opt_outs")
    ]
    assert found == [(state, days[0], days[-1]) for days, state in OBSERVED]


def own(corpus, number, protocol, statement, place="header", source_id="web"):
    corpus.statement(f"r{number}", source_id, protocol, statement, place)


def counts(row):
    return tuple(row[f"records_{state}"] for state in ("reserved", "self_reserved", "allowed", "not_recorded"))


def test_a_record_that_reserves_itself_counts_where_no_snapshot_speaks(corpus):
    corpus.source("web")
    address(corpus, "web", "https://example.org/1", "https://example.org/2", None)
    own(corpus, 0, "robots-tag", "noai")
    own(corpus, 2, "tdmrep", "tdm-reservation: 1", "page")
    found = rows(corpus)
    assert counts(found["web", "example.org"]) == (1, 1, 0, 1)
    assert counts(found["web", "(no address)"]) == (1, 1, 0, 0)
    assert (found["web", "example.org"]["state"], found["web", "example.org"]["reserved_by"]) == (
        "reserved",
        ["headers"],
    )
    assert found["web", "(no address)"]["reserved_by"] == ["meta"]


def test_the_most_restrictive_of_snapshot_and_record_wins(corpus):
    corpus.source("web")
    corpus.snapshot("web", "robots.txt", DISALLOW_NEWS)
    address(corpus, "web", "https://example.org/a", "https://example.org/b", "https://example.org/news/1")
    own(corpus, 0, "content-usage", "train-ai=n")
    own(corpus, 2, "content-usage", "train-ai=y")
    row = rows(corpus)["web", "example.org"]
    assert counts(row) == (2, 1, 1, 0)
    assert row["reserved_by"] == ["headers", "robots.txt"]


def test_records_of_a_source_without_addresses_and_snapshots_are_heard(corpus):
    corpus.source("pages")
    address(corpus, "pages", None, None)
    own(corpus, 1, "robots-tag", "noml", "page", "pages")
    assert counts(rows(corpus)["pages", "(no address)"]) == (1, 1, 0, 1)


def test_nothing_is_allowed_by_a_record_that_names_terms_nobody_kept(corpus):
    corpus.source("web")
    corpus.snapshot("web", "robots.txt", DISALLOW_NEWS)
    address(corpus, "web", "https://example.org/a", "https://example.org/b")
    own(corpus, 0, "rsl", "license https://example.org/rsl.xml")
    assert counts(rows(corpus)["web", "example.org"]) == (0, 0, 1, 1)
    assert [counted(row) for row in corpus.rows_of("record_opt_outs")] == [(1, 0, 0, 1, "not-recorded")]
    corpus.snapshot("web", "rsl", RSL.format("<permits type='usage'>ai-train</permits>"))
    assert counts(rows(corpus)["web", "example.org"]) == (0, 0, 2, 0)
    assert corpus.rows_of("record_opt_outs") == []


def test_statements_are_counted_by_convention(corpus):
    corpus.source("web")
    corpus.snapshot("web", "robots.txt", None, crawler="ExampleBot")
    address(corpus, "web", *(f"https://example.org/{number}" for number in range(5)))
    own(corpus, 0, "robots-tag", "examplebot: noai")
    own(corpus, 1, "robots-tag", "otherbot: noai")
    own(corpus, 2, "tdmrep", "tdm-reservation: 1")
    own(corpus, 2, "tdmrep", "tdm-reservation: 0", "page")
    own(corpus, 3, "tdmrep", "tdm-policy: https://example.org/3.json")
    own(corpus, 4, "tdmrep", "tdm-policy: https://example.org/4.json")
    found = {row["protocol"]: row for row in corpus.rows_of("record_opt_outs")}
    assert counted(found["robots-tag"]) == (2, 1, 0, 1, "reserved")
    assert counted(found["tdmrep"]) == (3, 0, 1, 2, "not-recorded")
    assert found["robots-tag"]["crawlers"] == ["ExampleBot"]
    assert found["tdmrep"]["places"] == ["header", "page"]
    assert found["tdmrep"]["statements"] == ["tdm-policy", "tdm-reservation: 0", "tdm-reservation: 1"]


def counted(row):
    return tuple(row[name] for name in ("records", *(f"records_{s}" for s in STATES), "state"))


STATES = ("reserved", "allowed", "not_recorded")
RSL = "<rsl xmlns='https://rslstandard.org/rsl'><content url='/'><license>{}</license></content></rsl>"
