"""Provenance audits of training data: the claims of a manifest, compared with the data itself.

``audit(manifest)`` runs every stage and returns the finished audit; ``corpus-audit --help`` is the command line.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_audit.pipeline.audit import Audit, audit

__all__ = ["Audit", "audit"]


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that the command line answers --help at once.
    if name in __all__:
        from importlib import import_module

        return getattr(import_module("corpus_audit.pipeline.audit"), name)
    message = f"module 'corpus_audit' has no attribute {name!r}"
    raise AttributeError(message)
