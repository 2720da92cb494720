"""Tracing: where a text or a person is in the audited datasets of a store, without measuring again.

``audits`` says what can be looked through, ``candidates`` asks the passage indexes, ``reading`` holds candidates
against the text in a worker, ``places`` says what a record is and where it went, and ``trace`` joins them.
"""
