"""Fingerprints of texts: shingles, counts, MinHash signatures, and containment of reference works."""
