"""The commands: parse, call one service function, hand the result to a view. No rule and no SQL."""

HIDDEN = "__complete"
"""The word by which the completion files call: it stands in no help, and is answered without the commands."""
