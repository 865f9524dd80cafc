"""Work that happens outside a transaction: due rows, their relay and executor, Jobs. Knows no app."""
