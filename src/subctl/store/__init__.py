"""The SQLite file that holds the contracts: opening it, its schema, reading, writing, history."""
