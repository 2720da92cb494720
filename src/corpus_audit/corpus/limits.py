"""What reading one file may use."""

from corpus_audit.config import Parameters
from corpus_audit.guard import Limits

_SECONDS_A_MIB = 2.0
"""What a file's size adds to its time: ten times what the slowest format needs."""


def reading_limits(parameters: Parameters) -> Limits:
    """Return what the parameters of an audit give to one file."""
    return Limits(parameters.file_memory, parameters.file_seconds, _SECONDS_A_MIB)
