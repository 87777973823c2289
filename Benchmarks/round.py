"""A made-up round, from texts to assignment, through the commands: index, all pairs, matching, verification.

usage: round.py --program jiebang --work FOLDER [--applications N] [--json FILE]

Texts are of 9,000 characters drawn with the frequencies of a power law, behind the headings that a form gives to all;
one in ten takes 300 characters from an earlier one, and has to be found. Every application asks for five experts out
of about fifty that could read it; every expert takes ten. Both are deterministic.
"""
import argparse
import json
import os
import random
import subprocess
import time

HEADINGS = ("一、研究的目的和意义", "二、国内外研究现状", "三、研究内容与方法", "四、预期成果与考核指标", "五、研究基础与条件")
CHARACTERS = 9_000
COPIED = 300
DEMAND, LOAD, CANDIDATES = 5, 10, 47


def own_text(number):
    """Deterministic in the number, so that whoever copies can make its source again."""
    chance = random.Random(number)
    alphabet = 3_500
    return "".join(chr(0x4E00 + int(alphabet * chance.random() ** 2)) for _ in range(CHARACTERS))


def text(number):
    own = own_text(number)
    if number % 10 == 9:
        source = own_text(number * 7 // 10)
        own = own[:4_000] + source[2_000:2_000 + COPIED] + own[4_000:]
    part = len(own) // len(HEADINGS) + 1
    return "\n".join(f"{head}\n{own[index * part:(index + 1) * part]}" for index, head in enumerate(HEADINGS))


def write_texts(path, count):
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps({"id": str(number), "lang": "zh", "text": text(number)}, ensure_ascii=False) + "\n")


def write_scores(folder, count):
    experts = count * DEMAND * 10 // (LOAD * 9)
    chance = random.Random(count)
    with open(f"{folder}/pairs.csv", "w") as out:
        out.write("proposal,expert,score\n")
        for proposal in range(count):
            centre = chance.randrange(experts)
            near = {(centre + int(chance.gauss(0, 60))) % experts for _ in range(CANDIDATES + 20)}
            for expert in sorted(near)[:CANDIDATES]:
                out.write(f"{proposal},{expert},{chance.random():.4f}\n")
    with open(f"{folder}/demand.csv", "w") as out:
        out.write(f"{DEMAND}\n" * count)
    with open(f"{folder}/load_max.csv", "w") as out:
        out.write(f"{LOAD}\n" * experts)
    return experts


def measured(name, command, out=None):
    began = time.monotonic()
    with open(out or os.devnull, "wb") as sink:
        process = subprocess.Popen(command, stdout=sink, stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{name} ended with {os.waitstatus_to_exitcode(status)}: {said.decode()[-500:]}")
    row = {"step": name, "wall": round(time.monotonic() - began, 1),
           "cpu": round(usage.ru_utime + usage.ru_stime, 1), "megabytes": usage.ru_maxrss // 1024}
    print(json.dumps(row), flush=True)
    return row


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--applications", type=int, default=100_000)
    parser.add_argument("--json")
    asked = parser.parse_args()
    folder, count, program = asked.work, asked.applications, asked.program
    os.makedirs(folder, exist_ok=True)
    write_texts(f"{folder}/texts.jsonl", count)
    experts = write_scores(folder, count)
    files = ["--pairs", f"{folder}/pairs.csv", "--demand", f"{folder}/demand.csv",
             "--load-max", f"{folder}/load_max.csv"]
    answer = ["--assignment", f"{folder}/assignment.csv", "--certificate", f"{folder}/certificate.json"]
    rows = [
        measured("index", [program, "reuse", "index", f"{folder}/texts.jsonl", "--index", f"{folder}/index"]),
        measured("all pairs", [program, "reuse", "pairs", "--index", f"{folder}/index", "--json"],
                 f"{folder}/found.jsonl"),
        measured("match", [program, "match", *files, "--objective", "total", "--output", answer[1], *answer[2:]],
                 f"{folder}/match.json"),
        measured("verify", [program, "match", "verify", *files, *answer]),
    ]
    found = set()
    with open(f"{folder}/found.jsonl", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            found.add(frozenset((int(pair["a"]), int(pair["b"]))))
    copied = [frozenset((number, number * 7 // 10)) for number in range(9, count, 10)]
    with open(f"{folder}/match.json") as result:
        matched = json.load(result)
    total = {
        "applications": count, "experts": experts, "wall": round(sum(row["wall"] for row in rows), 1),
        "megabytes": max(row["megabytes"] for row in rows), "pairs found": len(found),
        "copies found": sum(pair in found for pair in copied), "copies": len(copied),
        "assigned": matched["assigned"], "unfilled": matched["unfilled"], "optimal": matched["optimal"],
    }
    print(json.dumps(total))
    if asked.json:
        with open(asked.json, "w") as out:
            json.dump({"steps": rows, **total}, out, indent=1)


if __name__ == "__main__":
    main()
