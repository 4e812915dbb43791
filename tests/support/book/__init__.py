"""Whole random lives of a store: drawn, lived by its services beside the second reading, compared, made smaller."""
