"""Exclusion policies: which reasons take a record out, and which copy of a cluster stays."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus_audit.errors import CorpusAuditError
from corpus_audit.vocabulary import CopyPreference, ExclusionReason

DEFAULT_POLICY = Path(__file__).with_name("default.yaml")


class ExclusionPolicy(BaseModel):
    """What a policy file says: the reasons that count, and by what, most important first, copies are preferred."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    description: str = ""
    reasons: tuple[ExclusionReason, ...] = Field(min_length=1)
    keep: tuple[CopyPreference, ...] = ()
    source_order: tuple[str, ...] = ()


def read_policy(path: Path) -> ExclusionPolicy:
    """Return the policy in a YAML file; raises CorpusAuditError, with the field, when it is none."""
    try:
        return ExclusionPolicy.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        message = f"The exclusion policy {path} cannot be read: {error.strerror}."
        raise CorpusAuditError(message) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        message = f"The exclusion policy {path} is no YAML."
        raise CorpusAuditError(message) from error
    except ValidationError as error:
        places = (f"{'.'.join(map(str, problem['loc'])) or 'the file'}: {problem['msg']}" for problem in error.errors())
        message = f"{path} is no exclusion policy. {'; '.join(places)}."
        raise CorpusAuditError(message) from error
