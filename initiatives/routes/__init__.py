"""Addresses of the initiative's pages, one file per slice. `<ini:number>` reads INI-12-any-tail."""

import config.web.keys  # noqa: F401 - registers the converters
