"""What JSON documents hold, key by key: types for mypy, and the source of the schemas (scripts/generate.py).

A key's description stands under it. A running command imports none of this.
"""
