"""The verbs of RFCs. Import from the modules: starting, writing, positions, deciding, comments."""
