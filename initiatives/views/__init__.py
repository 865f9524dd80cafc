"""Pages of initiatives: translate in, one call, translate out."""
