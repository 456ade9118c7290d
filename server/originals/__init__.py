"""The original of a document: the file itself, its pages as pictures, its lines."""
