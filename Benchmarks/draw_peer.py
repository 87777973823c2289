"""RFC 3797 as one writes it in Python: hashlib and a list from which is taken. No package on PyPI or in Debian does it."""

import hashlib
import sys
import time

KEY = b"2.7.13.19.28.31./"


def draw(function, pool, places):
    left = list(range(1, pool + 1))
    last = 0
    for i in range(places):
        index = i.to_bytes(2, "big")
        digest = function(index + KEY + index).digest()
        last = left.pop(int.from_bytes(digest, "big") % len(left))
    return last


SIZES = [("rfc3797", hashlib.md5, 65535, 65535), ("sha256", hashlib.sha256, 65535, 65535),
         ("sha256", hashlib.sha256, 1000000, 1000)]
SMOKE = [("rfc3797", hashlib.md5, 500, 500), ("sha256", hashlib.sha256, 500, 500), ("sha256", hashlib.sha256, 20000, 50)]

for profile, function, pool, places in SMOKE if sys.argv[1:] == ["smoke"] else SIZES:
    name = f"{profile}-{'all' if places == pool else places}-of-{pool}"
    best = None
    for _ in range(3):
        start = time.perf_counter()
        last = draw(function, pool, places)
        spent = time.perf_counter() - start
        best = spent if best is None else min(best, spent)
    print(name, places, best, last, sep="\t")
