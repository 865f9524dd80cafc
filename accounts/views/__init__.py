"""Pages about people: the door, settings, lines and teams."""
