"""People from a spreadsheet: what the engine of `config.sheets` asks this app."""
