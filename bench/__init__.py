"""Measuring, by hand: every figure beside the floor it is held against."""
