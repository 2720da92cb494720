"""The most relevant crawled domains: counted by host, ranked by size."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_audit.export import groups
from corpus_audit.export.form import LocalizedText, Value, derived
from corpus_audit.export.formatting import count_noun, format_count, format_size
from corpus_audit.export.groups import Sources
from corpus_audit.export.inputs import AuditedSource
from corpus_audit.export.size_bins import top_count, top_domains
from corpus_audit.vocabulary import Answer


@dataclass(frozen=True)
class Domains:
    """How much content came from each domain, and what is in the way of ranking all of them."""

    sizes: dict[str, int]
    without_size: frozenset[str]
    sources_without_domain: int


@dataclass(frozen=True)
class NamedDomains:
    """The domains that the rule asks for, the share it asks for, and what has to be known about them."""

    rule: str
    values: tuple[tuple[Value, ...], ...]
    note: LocalizedText | None


def domain_values(crawled: Sources, small_enterprise: Answer) -> NamedDomains:
    """Return the top 10 % of domains, or what the rule for small enterprises asks."""
    domains = collect_domains(crawled)
    known = len(domains.sizes) + len(domains.without_size)
    is_small = small_enterprise is Answer.YES
    count = top_count(known, is_small_enterprise=is_small)
    return NamedDomains(
        rule="5 % or 1,000, whichever is lower," if is_small else "10 %",
        values=tuple(_named(domains, count)),
        note=LocalizedText(en=" ".join(_remarks(domains, known, count))) if known or crawled else None,
    )


def collect_domains(crawled: Sources) -> Domains:
    """Return the domains of *crawled*: those a source lists with their sizes, else the host of its address.

    The content of a source without a list is taken to be from the host of its address, at the size measured.
    """
    sizes: dict[str, int] = defaultdict(int)
    without_size: set[str] = set()
    without_domain = 0
    for source in crawled:
        listed = list(_domains_of(source))
        without_domain += not listed
        for name, size in listed:
            if size is None:
                without_size.add(name)
            else:
                sizes[name] += size
    return Domains(dict(sizes), frozenset(without_size - sizes.keys()), without_domain)


def _domains_of(source: AuditedSource) -> Iterator[tuple[str, int | None]]:
    listed = source.claims.disclosure.crawl.domains
    for domain in listed:
        yield domain.name, domain.size_bytes
    host = groups.host(source.claims.origin.url)
    if host and not listed:
        yield host, source.evidence["size_bytes"]


def _named(domains: Domains, count: int) -> Iterator[tuple[Value, ...]]:
    for name, size in top_domains(domains.sizes, count):
        yield derived(f"{name} ({format_size(size)})", "sources.size_bytes, /sources/*/disclosure/crawl/domains")


def _remarks(domains: Domains, known: int, count: int) -> Iterator[str]:
    yield f"The template asks for {format_count(count)} of {count_noun(known, 'known domain')}."
    if domains.without_size:
        yield f"No size is recorded for {count_noun(len(domains.without_size), 'domain')}, which could not be ranked."
    if domains.sources_without_domain:
        yield f"No domain is named for {count_noun(domains.sources_without_domain, 'crawled source')}."
