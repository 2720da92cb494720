"""Names of people in free text, looked for in a sample: no pattern finds them, and what does is slow and errs.

``model.py`` is Presidio with an English model, an optional extra; ``chinese.py`` a set of rules. Both are advisory.
"""
