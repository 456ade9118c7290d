"""An answer as a document of its own: Word, PDF, Markdown."""
