"""What other programs are told: endpoints, what was sent to them, and how it went."""
