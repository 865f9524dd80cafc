"""Pages of KPIs, by noun. Thin: translate in, one call, translate out."""
