"""The text of an RFC: sections, fingerprints, differences, rendering, template.

Pure: no models, no requests, no database. Import from the modules; this file stays empty so
that the rendering child process starts quickly.
"""
