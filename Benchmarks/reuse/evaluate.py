#!/usr/bin/env python3
"""Holds what `reuse pairs` found against the truth of make_corpus.py.

usage: evaluate.py CORPUS PAIRS.jsonl

Prints one JSON object: recall by length, by edit and for near-duplicates; the share of reported pairs that have a span
of at least 60 symbols with identity 0.7, measured from the texts by difflib on a sample; the share of pairs that share
nothing but the form; and plagdet (Potthast et al. 2010) over the injected passages that were not shuffled.
"""
import collections
import difflib
import json
import math
import pathlib
import random
import re
import sys
import unicodedata

LETTERS = re.compile(r"[\W_]+")


def lines(path):
    with open(path, encoding="utf8") as file:
        return [json.loads(line) for line in file]


def folded(text):
    """As letters and numbers, without case and width (peers fold like this too)."""
    return LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())


def simplifier(lang):
    if lang != "zh":
        return lambda text: text
    from opencc import OpenCC
    return OpenCC("t2s").convert


def union(ranges):
    total, end = 0, -1
    for low, high in sorted(ranges):
        low = max(low, end)
        if high > low:
            total, end = total + high - low, high
    return total


def overlap(one, other):
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def plagdet(cases):
    """cases: (true (a, b), detected [(a, b)]); precision over detections, recall over cases, granularity."""
    recall, precision, granularity = [], [], []
    for (a, b), found in cases:
        hits = [f for f in found if overlap(f[0], a) and overlap(f[1], b)]

        def covered(spans):
            return (union([(max(s[0][0], a[0]), min(s[0][1], a[1])) for s in spans])
                    + union([(max(s[1][0], b[0]), min(s[1][1], b[1])) for s in spans]))

        recall.append(covered(hits) / (a[1] - a[0] + b[1] - b[0]))
        if hits:
            granularity.append(len(hits))
        for f in found:
            precision.append(covered([f]) / (f[0][1] - f[0][0] + f[1][1] - f[1][0]) if f in hits else 0)
    r, p = sum(recall) / len(recall), sum(precision) / max(1, len(precision))
    g = sum(granularity) / max(1, len(granularity))
    return {"recall": r, "precision": p, "granularity": g, "plagdet": 2 * r * p / (r + p) / math.log2(1 + g)}


def main():
    corpus, found = pathlib.Path(sys.argv[1]), lines(sys.argv[2])
    docs, truth = lines(corpus / "docs.jsonl"), lines(corpus / "truth.jsonl")
    texts, lang = [d["text"] for d in docs], docs[0]["lang"]
    pairs = {}
    for pair in found:
        a, b = int(pair["a"]), int(pair["b"])
        spans = [(tuple(s["a"]), tuple(s["b"])) for s in pair["spans"]]
        pairs[min(a, b), max(a, b)] = spans if a < b else [(y, x) for x, y in spans]
    recall = collections.defaultdict(list)
    cases = []
    for item in truth:
        key = min(item["a"], item["b"]), max(item["a"], item["b"])
        hit = key in pairs
        if item["kind"] == "duplicate":
            recall[f"duplicate {item['replaced']}"].append(hit)
            continue
        recall["hostile" if item["edit"] == "hostile" else f"length {item['length']}"].append(hit)
        recall[f"edit {item['edit']}"].append(hit)
        if item["edit"] != "hostile":
            spans = pairs.get(key, [])
            if item["a"] > item["b"]:
                spans = [(y, x) for x, y in spans]
            cases.append(((item["a_range"], item["b_range"]), spans))
    chance, simple = random.Random(1), simplifier(lang)
    sample = chance.sample(sorted(pairs), min(len(pairs), 1000))
    sound = 0
    for key in sample:
        for a, b in pairs[key]:
            x, y = simple(folded(texts[key[0]][slice(*a)])), simple(folded(texts[key[1]][slice(*b)]))
            # A Latin word is two symbols and about five letters.
            enough = min(len(x), len(y)) >= (60 if lang == "zh" else 120)
            matcher = difflib.SequenceMatcher(None, x, y, autojunk=False)
            if enough and sum(m.size for m in matcher.get_matching_blocks()) >= 0.7 * max(len(x), len(y)):
                sound += 1
                break
    form = form_only(lang, texts, pairs)
    print(json.dumps({
        "lang": lang, "pairs": len(pairs), "sound": sound / max(1, len(sample)),
        "form_only": form / max(1, len(pairs)), "injected": plagdet(cases),
        "recall": {key: sum(hits) / len(hits) for key, hits in sorted(recall.items())},
    }, ensure_ascii=False))


def form_only(lang, texts, pairs):
    """Pairs all of whose spans lie in the form's headings."""
    from make_corpus import FORM
    count = 0
    for (a, _), spans in pairs.items():
        headings = []
        for heading in FORM[lang]:
            at = texts[a].find(heading)
            headings.append((at, at + len(heading)))
        inside = [any(overlap(h, s) > 0.5 * (s[1] - s[0]) for h in headings) for s, _ in spans]
        count += all(inside)
    return count


if __name__ == "__main__":
    main()
