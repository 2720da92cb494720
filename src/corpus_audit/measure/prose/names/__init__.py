"""Names of people in free text, searched in a sample: no pattern finds them, and models are slow and fallible.

``model.py`` is Presidio with an English model, an optional extra; ``chinese.py`` a set of rules. Both are advisory.
"""
