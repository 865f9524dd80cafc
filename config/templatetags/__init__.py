"""The components' logic. Pages load one library: `{% load ui %}`."""
