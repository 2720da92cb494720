"""Stands before the package of this name on the search path of the tests' Airflow, and is not there.

That package comes with the tools for development alone. Airflow imports jsonschema, which takes it where it finds it,
and it compiles 39 grammars when it is imported: more than a second for each process, to check addresses in JSON.
"""

raise ImportError("the tests' Airflow goes without it, as an installed one does")
