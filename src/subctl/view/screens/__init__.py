"""Results as tables and lines for people: a module for each module of results, with `draw` in it.

`draw_brief` draws only what became of what was shown before; it is there where a command asks.
"""
