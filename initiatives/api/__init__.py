"""The API face of initiatives."""
