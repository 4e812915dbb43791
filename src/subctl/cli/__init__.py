"""The commands: parse, call one service function, hand the result to a view. No rule and no SQL."""
