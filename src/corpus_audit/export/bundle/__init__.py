"""The signed bundle: one archive, a statement over its files, a signature, and their verification.

Nothing here needs a store or the network: a recipient verifies a bundle with this package alone, or its envelope with
any tool for in-toto statements and DSSE.
"""
