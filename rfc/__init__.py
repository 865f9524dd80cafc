"""RFCs, revisions and positions."""
