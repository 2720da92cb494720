"""Opt-outs: the effect of robots.txt, TDMRep, ai.txt, header and page snapshots on record addresses.

``paths`` matches addresses, ``preferences`` reads what training may do, one module a carrier reads its form, and
``decisions`` puts together what they say. Nothing is fetched: a snapshot is all there is.
"""

from collections.abc import Callable

from corpus_audit.vocabulary import OptOutState

Says = Callable[[str], OptOutState | None]
"""What one carrier says of an address; None when it says nothing."""
