"""Required provenance: files that match their declaration, and described models."""

from typing import Any

from great_expectations.expectations.core import ExpectColumnValuesToBeInSet, ExpectColumnValuesToNotBeInSet

from corpus_audit.policy.expectations.sentence import OwnSentence, only
from corpus_audit.vocabulary import FileState


class ExpectFileToBeAsDeclared(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect a declared file to be there with the size and checksum that were declared for it."""

    value_set: Any = only(FileState.MISSING.value, FileState.SIZE_MISMATCH.value, FileState.CHECKSUM_MISMATCH.value)


class ExpectModelToBeDescribed(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect a model that a source names to be described in the manifest."""

    value_set: Any = only(True)
