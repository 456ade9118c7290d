"""Measures of support side by side: which ones, their fields, what is higher, and its check."""
