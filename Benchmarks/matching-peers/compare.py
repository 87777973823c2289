"""Runs our kernel and its peers on the same instances, one after another, and prints a table in Markdown.

usage: compare.py BENCH_BINARY WORK_FOLDER LIMIT_SECONDS NAME:PROPOSALS…
"""
import json
import os
import subprocess
import sys

bench, work, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
here = os.path.dirname(os.path.abspath(__file__))
seed = os.environ.get("SEED", "1")


def measured(command):
    """The solver's line, or why there is none."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None, f"stopped after {limit} s"
    except FileNotFoundError:
        return None, "missing"
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["failed"])[-1]
        return None, "missing" if "ModuleNotFoundError" in last else last
    return json.loads(done.stdout), None


print("| instance | pairs | solver | CPU s | times ours | MB | total |")
print("|---|---|---|---|---|---|---|")
wrong = False
for wanted in sys.argv[4:]:
    name, proposals = wanted.split(":")
    path = f"{work}/{name}{proposals}.bin"
    subprocess.run([bench, "make", name, proposals, seed, path], check=True)
    ours, why = measured([bench, "solve", name, proposals, seed])
    if ours is None:
        sys.exit(f"our kernel: {why}")
    if ours["gap"] != 0:
        sys.exit(f"our kernel did not prove {wanted}")
    label = f"{name}, {int(proposals):,} proposals"
    print(f"| {label} | {ours['pairs']:,} | ours, proof included | {ours['seconds']:.3f} | 1 | {ours['megabytes']} | {ours['total']} |")
    peers = [
        ("OR-tools", [sys.executable, f"{here}/ortools_flow.py", path]),
        ("LEMON network simplex", [f"{work}/lemon_flow", path]),
    ]
    for peer, command in peers:
        found, why = measured(command)
        if found is None:
            print(f"| {label} | {ours['pairs']:,} | {peer} | {why} | | | |")
            continue
        same = (found["total"], found["unfilled"]) == (ours["total"], ours["unfilled"])
        wrong = wrong or not same
        print(
            f"| {label} | {ours['pairs']:,} | {peer} | {found['seconds']:.3f} | {found['seconds'] / ours['seconds']:.1f} "
            f"| {found['megabytes']} | {'the same' if same else found['total']} |"
        )
    print(f"| {label} | {ours['pairs']:,} | openreview-matcher | missing: not published on PyPI or in Debian | | | |")
    sys.stdout.flush()
    os.remove(path)
sys.exit(1 if wrong else 0)
