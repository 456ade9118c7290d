"""Sums that laws ask for: charges by the day, fines, shares of pay, deductions, days of leave."""
