"""Foreign bytes are parsed in worker processes: under limits, without secrets, and reused over many files.

Whatever a file does to its parser (SIGSEGV, no end, no memory) ends a worker and nothing else. The caller learns what
was being read, and goes on without it.
"""

from corpus_audit.guard.death import Death, WorkerDiedError, WorkerError
from corpus_audit.guard.deferred import Deferred
from corpus_audit.guard.limits import Limits
from corpus_audit.guard.pool import at_once, prepare, run, run_again_if_killed, stop_idle, stop_now, stream
from corpus_audit.guard.progress import advance, begin_file, hand_over

__all__ = [
    "Death",
    "Deferred",
    "Limits",
    "WorkerDiedError",
    "WorkerError",
    "advance",
    "at_once",
    "begin_file",
    "hand_over",
    "prepare",
    "run",
    "run_again_if_killed",
    "stop_idle",
    "stop_now",
    "stream",
]
