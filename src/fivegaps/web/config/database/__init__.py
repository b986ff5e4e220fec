"""Where the office keeps its rows: SQLite by default, PostgreSQL by DATABASE_URL."""
