"""What must be paid, and what of it is let off: taxes, contributions, prices."""
