"""Everything that changes an initiative, by noun: keyword-only, atomic, typed."""
