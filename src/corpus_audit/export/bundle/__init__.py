"""The signed bundle: one archive, a statement over every file in it, a signature, and how all three are checked.

Nothing here needs a store or the network: whoever receives a bundle verifies it with this package alone, or the
envelope with any tool that knows in-toto statements and DSSE.
"""
