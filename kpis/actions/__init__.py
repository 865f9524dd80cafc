"""Everything that changes a KPI, by noun: keyword-only, atomic, typed."""
