"""What must hold before something of the organisation is decided."""
