#!/usr/bin/env python3
"""Peers of TextReuse on the same corpus: whole-document MinHash sketches, with verification by signature.

usage: peers.py CORPUS datasketch|rensa

Prints one JSON object: CPU seconds of sketching and of the search, megabytes a second, and the recall of injected
passages and of near-duplicates. Folding the text (NFKC, lower case, letters and numbers only) is not counted.
"""
import collections
import json
import pathlib
import resource
import sys

from evaluate import folded, lines

SHINGLE, PERMUTATIONS, THRESHOLD = 5, 128, 0.5


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH
    signatures = []
    for text in texts:
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([s.encode() for s in {text[i:i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}])
        signatures.append(signature)
    sketched = cpu()
    table = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for number, signature in enumerate(signatures):
        table.insert(number, signature)
    return signatures, table.query, sketched


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    signatures = []
    for text in texts:
        signature = RMinHash(num_perm=PERMUTATIONS, seed=42)
        signature.update(list({text[i:i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}))
        signatures.append(signature)
    sketched = cpu()
    table = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    for number, signature in enumerate(signatures):
        table.insert(number, signature)
    return signatures, table.query, sketched


def main():
    corpus, peer = pathlib.Path(sys.argv[1]), sys.argv[2]
    docs, truth = lines(corpus / "docs.jsonl"), lines(corpus / "truth.jsonl")
    size = sum(len(d["text"].encode()) for d in docs)
    texts = [folded(d["text"]) for d in docs]
    del docs
    start = cpu()
    signatures, query, sketched = {"datasketch": datasketch, "rensa": rensa}[peer](texts)
    pairs = set()
    for number, signature in enumerate(signatures):
        for other in query(signature):
            if other != number and signature.jaccard(signatures[other]) >= THRESHOLD:
                pairs.add((min(number, other), max(number, other)))
    end = cpu()
    recall = collections.defaultdict(list)
    for item in truth:
        kind = "passage" if item["kind"] == "passage" else f"duplicate {item['replaced']}"
        recall[kind].append((min(item["a"], item["b"]), max(item["a"], item["b"])) in pairs)
    print(json.dumps({
        "peer": peer, "sketch": sketched - start, "cpu": end - start,
        "megabytesPerSecond": size / (end - start) / 1e6, "pairs": len(pairs),
        "recall": {key: sum(hits) / len(hits) for key, hits in sorted(recall.items())},
    }))


if __name__ == "__main__":
    main()
