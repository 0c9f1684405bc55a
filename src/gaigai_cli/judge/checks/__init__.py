"""The checks: one generator function each, on the ledger alone, gathered in tuples.

``logs`` is imported by `judgement` itself; ``judge/findings`` runs all of them.
"""
