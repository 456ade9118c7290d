"""What the server keeps between requests, and who may ask: chats, keys, limits, the audit log."""
