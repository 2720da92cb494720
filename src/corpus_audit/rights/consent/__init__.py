"""Consents: evidence that a person's face, voice, name or words may be used as intended.

SQL throughout, since a dataset may name millions of people. For each person, each thing declared of them and each
intended use there is a *need*; each authorisation (*grant*) is held against each need. What a grant lacks is a set of
ConsentState, kept as one number (``states``). ``grants`` holds each grant against each need, ``entitlement`` says who
may give one, ``chains`` follows those that were passed on, ``consents`` concludes.
"""

from corpus_audit.rights.consent.consents import CONSENT_TABLES, evaluate_consents

__all__ = ["CONSENT_TABLES", "evaluate_consents"]
