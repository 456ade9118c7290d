"""Measures of support as rows: who gets how much for what, each field with its characters."""
