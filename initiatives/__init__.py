"""The initiative from intake to Jira."""
