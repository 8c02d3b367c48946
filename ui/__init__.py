"""What people see: windows and views. Knows the work (app), never the tables (db)."""
