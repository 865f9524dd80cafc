"""Harbourlight, a company that does not exist: the demo. It walks the real steps, no shortcut."""
