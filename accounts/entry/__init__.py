"""What stands behind the door: sessions, second steps, single sign-on. Pages are in accounts/views."""
