"""``python -m eval.entitlements``: score what is read from the documents of the gold rows."""

from __future__ import annotations

import sys

from eval.entitlements.command import main

if __name__ == "__main__":
    sys.exit(main())
