"""Rules for the evidence: policy packs, their evaluation, and the verdict.

Only ``validation`` and ``expectations`` import great_expectations, which takes seconds: import them where an
evaluation starts, never where a command line does.
"""
