"""The terms of declared licenses, per purpose.

``licenses`` resolves what was declared, ``obligations`` and ``terms`` say what that permits and asks, ``purposes``
answers for one purpose, ``conflicts`` compares two sides of an overlap, ``license_table`` puts it all in one table.
Nothing here reads data or decides anything: an unknown license stays unknown.
"""
