"""From text to shingles: counts, MinHash signatures, and what a text contains of reference works."""
