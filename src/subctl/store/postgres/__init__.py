"""The PostgreSQL server that holds the contracts of a team: connecting, its schema, visits, what its errors mean."""
