"""Backup, restore and the drill that compares the two. See docs/running.md."""
