"""KPIs, targets and observations."""
