"""What maintainers do: documents in and out, generations, feedback, statistics."""
