"""Pictures, recordings and films: the statements in their files, and detected faces and speech.

Everything here works on the bytes of one file. Nothing is fetched, nothing of what is seen or heard is kept but
counts, answers and fingerprints. The libraries are those of the extra ``media``; what is not installed is not run, and
the facts say so.
"""
