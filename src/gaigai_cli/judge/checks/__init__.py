"""The checks: one generator function each, on the ledger alone, gathered in tuples.

``records.py`` is imported by judgement itself; ``all.py`` runs everything.
"""
