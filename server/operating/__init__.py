"""What operators need: logs, readiness, gauges, a check of the installation, backups."""
