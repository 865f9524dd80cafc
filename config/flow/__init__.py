"""The doorman: gates that explain themselves, steps, records and refusals. Knows no app."""
