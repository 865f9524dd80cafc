"""Reads folders of Markdown RFCs that others wrote. Pure: no models, no database."""
