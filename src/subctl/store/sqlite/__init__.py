"""What is SQLite's alone: the file, its schema and migrations, backups, and what its errors mean."""
