"""Rows from spreadsheets: upload, map, dry run, import, undo. Neutral: apps register their kinds."""
