"""People, lines, teams and roles."""
