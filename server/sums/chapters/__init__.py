"""Sums of supports that other articles raise, cut, add to and limit."""
