"""One function per rule. Each yields sentences about what is missing; true when it yields none."""
