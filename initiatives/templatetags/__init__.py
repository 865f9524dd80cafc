"""Template tags of the initiatives pages."""
