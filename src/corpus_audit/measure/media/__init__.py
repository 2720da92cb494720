"""Pictures, recordings and films: what their files say about themselves, and what is to be seen and heard in them.

Everything here works on the bytes of one file. Nothing is fetched, nothing of what is seen or heard is kept but
counts, answers and fingerprints. The libraries are those of the extra ``media``; what is not installed is not run, and
the facts say so.
"""
