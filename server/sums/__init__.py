"""Sums with their working: what a question states, set into the measures of support found."""
