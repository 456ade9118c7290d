"""Backups in one archive, and their restoration."""
