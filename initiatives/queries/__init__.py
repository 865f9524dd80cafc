"""Reads for pages and API: querysets, rows of values and small frozen dataclasses."""
