"""The API of people, lines and teams. Reading, and one's own settings."""
