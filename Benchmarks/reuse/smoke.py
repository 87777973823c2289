"""Plays TextReuseBench in small on texts made up here, and fails on a wrong answer.

usage: smoke.py BENCH
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

bench = sys.argv[1]
chance = random.Random(20260701)


def text(length):
    return "".join(chr(chance.randrange(0x4E00, 0x4E00 + 3000)) for _ in range(length))


def run(*arguments):
    done = subprocess.run([bench, *map(str, arguments)], capture_output=True, text=True, check=True)
    print(done.stdout, end="", flush=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(holds, what):
    if not holds:
        sys.exit(f"smoke.py: {what}")


with tempfile.TemporaryDirectory() as folder:
    texts = [text(1500) for _ in range(20)]
    # Text 7 has a passage of text 3, and no other has anything of another.
    texts[7] = texts[7][:400] + texts[3][600:900] + texts[7][400:]
    corpus = pathlib.Path(folder) / "docs.jsonl"
    corpus.write_text("".join(
        json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n" for number, text in enumerate(texts)))
    found = run("pairs", corpus, folder)
    check([(pair["a"], pair["b"]) for pair in found] == [(3, 7)], "the one pair of the corpus was not found, or others were")
    a, b = found[0]["spans"][0]["a"], found[0]["spans"][0]["b"]
    check(a == [600, 900] and b == [400, 700], f"the copied passage stands elsewhere: {a}, {b}")
    speed = {m["what"]: m for m in run("speed", corpus, folder)}
    for threads in (1, 2):
        check(speed[f"pairs with spans, {threads} threads"]["pairs"] == 1, f"{threads} threads find other pairs")
    for m in run("scale", corpus, folder, 200):
        if m["what"].startswith("check"):
            check(m["found"] == 1, "a copied passage was not found in the larger index")
        if m["what"].startswith("build"):
            check(m["bytesPerPosting"] > 8, "a posting takes less than its eight bytes")
