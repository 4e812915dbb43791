"""A second reading of docs/pricing.md: one contract's whole life, written naively, to judge the real code by.

Nothing here comes from `subctl`, and nothing is clever on purpose: boundaries are found by walking from day to day,
a period's price by adding up its stretches. Numbers like "4.5" are the sections of pricing.md. The refusals of
section 5 are not modelled, but those without which a life makes no sense: `RefusedError` is raised after the end, for
what isn't sold, for a change of billing while a cancellation waits, and for a withdrawal that comes too late.
"""
