#!/usr/bin/env python3
"""Real texts with injected reuse, and the exact truth about it.

usage: make_corpus.py zh|en DATA OUT SEED [MINIMUM]

DATA holds zh-laws.jsonl.gz and en-peps.jsonl.gz ({"id", "text"} lines). Each text is cut into documents of 3,000 to
30,000 characters that all carry the same form's headings between their parts. Into a part of them passages of other
documents are put: exact, with 2 % or 5 % of the characters (en: words) edited, reformatted (Traditional characters,
full width, other punctuation; en: case, ligatures, line breaks), or hostile (sentences shuffled, then 10 % edited).
Near-duplicates replace 0 to 70 % of a document's paragraphs by others.

OUT/docs.jsonl has {"id", "lang", "text"}; OUT/truth.jsonl one object for each injection: kind, length, edit, a (where
from) and b (where to), ranges in characters of the final texts.
"""
import gzip
import json
import pathlib
import random
import re
import sys

LENGTHS = (100, 200, 500, 1000, 2000)
EDITS = ("exact", "edit2", "edit5", "format", "hostile")
REPLACED = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7)
FULL_WIDTH = {c: chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
FORM = {
    "zh": [
        "填报说明：请按以下提纲逐项填写，不得删改标题与括号内文字，未涉及的栏目请填写“无”。\n一、研究意义与国内外现状（说明问题的由来、已有工作与不足，并附主要参考文献，不超过三千字）\n",
        "二、研究内容与拟解决的关键问题（逐条列出，说明各项内容之间的联系，突出重点与难点，不超过三千字）\n",
        "三、技术路线、可行性分析与创新之处（包括方法、步骤、关键技术、所需条件以及与已有方法相比的特色）\n",
        "四、研究基础、工作条件与经费说明（列明已有成果、在研项目、实验条件以及各项支出的测算依据和理由）\n",
    ],
    "en": [
        "Instructions. Answer each of the following headings in order; do not delete or alter the headings or the text in parentheses. Write none where a heading does not apply to your proposal.\n",
        "Objectives and significance (state the problem, earlier work and its limits, and what will be known afterwards that is not known now).\n",
        "Methods and feasibility (describe the steps, the equipment and data that are needed, and the risks with their remedies).\n",
        "Resources and budget (list the people, their time, the facilities at hand, and explain each item of expenditure requested).\n",
    ],
}


def load(path):
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def cut(text, chance):
    """Pieces of 3,000 to 30,000 characters, at line ends."""
    pieces, lines, size, wanted = [], [], 0, chance.randint(6000, 30000)
    for line in text.split("\n"):
        lines.append(line)
        size += len(line) + 1
        if size >= wanted:
            pieces.append("\n".join(lines)[:32000])
            lines, size, wanted = [], 0, chance.randint(6000, 30000)
    if size >= 3000:
        pieces.append("\n".join(lines)[:32000])
    return pieces


class Maker:
    def __init__(self, lang, data, seed):
        self.lang = lang
        self.chance = random.Random(seed)
        name = "zh-laws.jsonl.gz" if lang == "zh" else "en-peps.jsonl.gz"
        self.base = [p for r in load(pathlib.Path(data) / name) for p in cut(r["text"], self.chance)]
        self.chance.shuffle(self.base)
        sample = "".join(self.base[::97])
        self.pool = [c for c in sample if c > "\u4e00"] if lang == "zh" else sample.split()
        if lang == "zh":
            from opencc import OpenCC
            self.traditional = OpenCC("s2t").convert

    def formed(self, text):
        """The text in the parts of the form."""
        lines, parts = text.split("\n"), FORM[self.lang]
        step = max(1, len(lines) // len(parts))
        out = []
        for number, heading in enumerate(parts):
            end = len(lines) if number == len(parts) - 1 else (number + 1) * step
            out.append(heading + "\n".join(lines[number * step:end]))
        return "\n".join(out)

    def edited(self, text, share):
        chance = self.chance
        units = list(text) if self.lang == "zh" else re.split(r"(\s+)", text)
        out = []
        for unit in units:
            if self.lang == "en" and not unit.strip():
                out.append(unit)
                continue
            roll = chance.random()
            if roll < share / 2:
                out.append(chance.choice(self.pool))
            elif roll < share * 3 / 4:
                continue
            elif roll < share:
                out.append(unit + ("" if self.lang == "zh" else " ") + chance.choice(self.pool))
            else:
                out.append(unit)
        return "".join(out)

    def reformatted(self, text):
        chance = self.chance
        if self.lang == "zh":
            text = self.traditional(text).translate(str.maketrans("，。、；", ",． ;"))
            return "".join(("\n" if chance.random() < 0.02 else "") + FULL_WIDTH.get(ord(c), c) for c in text)
        text = text.upper() if chance.random() < 0.3 else text
        text = re.sub(" ", lambda _: chance.choice("      \n"), text)
        return text.replace("'", "\u2019").replace('"', "\u201d").replace("fi", "\ufb01")

    def hostile(self, text):
        pattern = r"(?<=[。；！？\n])" if self.lang == "zh" else r"(?<=[.!?])\s"
        sentences = [s for s in re.split(pattern, text) if s]
        self.chance.shuffle(sentences)
        return self.edited(("" if self.lang == "zh" else " ").join(sentences), 0.10)

    def changed(self, edit, text):
        if edit == "exact":
            return text
        if edit == "format":
            return self.reformatted(text)
        if edit == "hostile":
            return self.hostile(text)
        return self.edited(text, 0.02 if edit == "edit2" else 0.05)

    def passage(self, text, length):
        """Where a passage begins that is prose and no table; None after too many tries."""
        for _ in range(50):
            if len(text) < length + 50:
                return None
            start = self.chance.randrange(len(text) - length)
            found = text[start:start + length]
            variety = length ** 0.5 * 1.5 if self.lang == "zh" else 12
            if found.count("\n") <= length / 12 and len(set(found)) > variety:
                return start
        return None

    def make(self, per_cell):
        chance = self.chance
        texts = [self.formed(t) for t in self.base]
        cells = [(n, e) for n in LENGTHS for e in EDITS for _ in range(per_cell)]
        chance.shuffle(cells)
        numbers = list(range(len(texts)))
        chance.shuffle(numbers)
        targets, sources = numbers[:len(cells)], numbers[len(cells):]
        assert len(sources) > 100, "too few texts for so many injections"
        truth = []
        for (length, edit), b in zip(cells, targets):
            while True:
                a = chance.choice(sources)
                # In the raw text first, so that no passage holds a heading.
                start = self.passage(self.base[a], length)
                if start is None:
                    continue
                found = self.base[a][start:start + length]
                at = texts[a].find(found)
                if at >= 0:
                    break
            put = self.changed(edit, found)
            text = texts[b]
            cut_at = text.find("\n", chance.randrange(len(text) // 10, len(text) * 9 // 10)) + 1 or len(text) // 2
            texts[b] = text[:cut_at] + put + "\n" + text[cut_at:]
            truth.append({"kind": "passage", "length": length, "edit": edit, "a": a, "b": b,
                          "a_range": [at, at + length], "b_range": [cut_at, cut_at + len(put)]})
        for share in REPLACED:
            for _ in range(max(10, per_cell * 3 // 4)):
                a = chance.choice(sources)
                out = []
                for line in self.base[a].split("\n"):
                    if chance.random() < share:
                        other = self.base[chance.choice(sources)]
                        start = chance.randrange(max(1, len(other) - len(line)))
                        out.append(other[start:start + len(line)])
                    else:
                        out.append(self.edited(line, 0.01) if share else line)
                truth.append({"kind": "duplicate", "replaced": share, "a": a, "b": len(texts)})
                texts.append(self.formed("\n".join(out)))
        return texts, truth


def main():
    lang, data, out, seed = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), int(sys.argv[4])
    per_cell = int(sys.argv[5]) if len(sys.argv) > 5 else (40 if lang == "zh" else 24)
    out.mkdir(parents=True, exist_ok=True)
    texts, truth = Maker(lang, data, seed).make(per_cell)
    with open(out / "docs.jsonl", "w", encoding="utf8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": str(number), "lang": lang, "text": text}, ensure_ascii=False) + "\n")
    with open(out / "truth.jsonl", "w", encoding="utf8") as file:
        for item in truth:
            file.write(json.dumps(item) + "\n")
    print(f"{lang} seed {seed}: {len(texts)} texts, {sum(map(len, texts))} characters, {len(truth)} injections",
          file=sys.stderr)


if __name__ == "__main__":
    main()
