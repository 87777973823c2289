#!/usr/bin/env python3
"""重算一次随机抽取 / Repeat a public draw.

    python3 verify_draw.py transcript.json [承诺摘要 / commitment digest]

只用 Python 3.8 以上的标准库，不联网，不需要揭榜系统。
Needs Python 3.8 or later and nothing else: no network, no other program.

退出码 / exit status: 0 一致 repeated, 1 不一致 refused, 2 用法错误 wrong usage.

算法 / Algorithm (RFC 3797, section 4):
  1. 各来源的数值写成规范形式，连成密钥。
     The values of the sources, in canonical form, make the key.
  2. 第 i 轮对 [i 的两个字节][密钥][i 的两个字节] 求散列，作为大整数除以池中剩余签数，余数即抽中的签。
     Round i hashes [i in two bytes][key][i in two bytes]; as a number modulo the tickets left, this is the ticket.
  3. 抽中者的全部签退出；事先回避者写明理由后跳过；先抽满名额，再抽候补。
     All its tickets leave. An entry excluded beforehand is skipped with its reason. Places first, then alternates.
"""

import hashlib
import json
import re
import sys


class Refused(Exception):
    """记录与重算不符，或不成其为记录。 The transcript does not hold."""


def must(condition, message):
    if not condition:
        raise Refused(message)


def canonical(value):
    """RFC 8785 for texts, whole numbers, lists and objects with ASCII names."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def unique(pairs):
    members = dict(pairs)
    must(len(members) == len(pairs), "同名成员出现两次 / a member stands twice")
    return members


def no_fraction(text):
    raise Refused("文件中不应有小数或常量 / a fraction or literal: " + text)


# ---- 第一步：密钥 / the key ----


def number(text, whole_only):
    """08285182 -> (8285182, '8285182.');  12.50 -> '12.5'"""
    must(re.fullmatch(r"[0-9]+(\.[0-9]+)?", text), "不是数 / not a number: " + text)
    whole, _, fraction = text.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    must(not (whole_only and fraction), "应为整数 / must be whole: " + text)
    return whole + "." + fraction


def promise(party, secret):
    return sha256(("public-draw contribution 1\n" + party + "\n" + secret.lower()).encode("utf-8"))


def part(source, value, commitment_digest):
    """密钥中一个来源的一段。 One source's part of the key."""
    kind, name, count = source["kind"], source["name"], source.get("count")
    if kind == "commitment":
        return commitment_digest + "."
    must(value is not None, "来源没有数值 / no value of " + name)
    if kind in ("sorted", "ordered"):
        must(value["numbers"], "来源没有数值 / no value of " + name)
        numbers = [number(text, kind == "sorted") for text in value["numbers"]]
        must(count in (None, len(numbers)), "数值个数不符 / wrong number of values: " + name)
        if kind == "sorted":
            numbers.sort(key=lambda text: (len(text), text))
        return "".join(numbers)
    if kind == "hexadecimal":
        data = value["hexadecimal"].lower()
        must(re.fullmatch(r"([0-9a-f]{2}){1,4096}", data), "不是十六进制 / not hexadecimal: " + name)
        must(count in (None, len(data) // 2), "字节数不符 / wrong number of bytes: " + name)
        return data + "."
    must(kind == "contributions", "未知种类 / unknown kind: " + kind)
    openings = value["openings"]
    must(
        [opening["party"] for opening in openings] == [party["party"] for party in source["parties"]],
        "各方不符 / other parties: " + name,
    )
    text, opened = "", 0
    for party, opening in zip(source["parties"], openings):
        if opening["outcome"] in ("opened", "late"):
            must(re.fullmatch(r"[0-9a-fA-F]{64}", opening["secret"]), "秘密数格式不符 / not a secret")
            kept = promise(party["party"], opening["secret"]) == party["hash"]
            must(kept, "揭示与承诺不符 / the opening is not the promise: " + party["party"])
        else:
            must(opening["outcome"] == "missing", "未知结果 / unknown outcome")
        if opening["outcome"] == "opened":
            opened += 1
        else:
            print("  未按时揭示 / not opened in time:", party["party"], opening["outcome"])
        text += (opening["secret"].lower() if opening["outcome"] == "opened" else "-") + "."
    must(opened >= source["quorum"], "按时揭示者不足 / too few opened: " + name)
    return text


def key_of(commitment, values, commitment_digest):
    given = {value["source"]: value for value in values}
    awaited = [source["name"] for source in commitment["sources"] if source["kind"] != "commitment"]
    must([value["source"] for value in values] == awaited, "来源与承诺不符 / other sources than committed to")
    key = ""
    for source in commitment["sources"]:
        key += part(source, given.get(source["name"]), commitment_digest) + "/"
    return key


# ---- 第二步：逐轮抽取 / the rounds ----


def check_commitment(commitment):
    must(commitment["format"] == "public-draw/commitment/1", "承诺格式未知 / unknown commitment")
    known = {"format", "profile", "title", "pool", "poolDigest", "exclusions", "quotas", "sources"}
    must(set(commitment) <= known, "承诺中有未知成员 / unknown members in the commitment")
    must(commitment["profile"] in ("sha256", "rfc3797"), "未知算法 / unknown profile")
    must(sha256(canonical(commitment["pool"])) == commitment["poolDigest"], "名单摘要不符 / the pool has another digest")
    ids = [entry["id"] for entry in commitment["pool"]]
    must(len(set(ids)) == len(ids), "名单中有重复 / an entry stands twice")
    excluded = [exclusion["id"] for exclusion in commitment.get("exclusions", [])]
    must(len(set(excluded)) == len(excluded) and set(excluded) <= set(ids), "回避名单不符 / bad exclusions")
    must(all(entry.get("tickets", 2) > 1 for entry in commitment["pool"]), "签数不符 / bad tickets")
    classes = [quota.get("class") for quota in commitment["quotas"]]
    must(len(set(classes)) == len(classes), "同一层有两个名额 / two quotas for a class")
    must({entry.get("class") for entry in commitment["pool"]} == set(classes), "名额与分层不符 / classes and quotas")


def rounds_of(commitment, key):
    md5 = commitment["profile"] == "rfc3797"
    reasons = {exclusion["id"]: exclusion["reason"] for exclusion in commitment.get("exclusions", [])}
    rounds = []
    for quota in commitment["quotas"]:
        numbered = enumerate(commitment["pool"], start=1)
        left = [(n, entry) for n, entry in numbered if entry.get("class") == quota.get("class")]
        total, drawn = sum(entry.get("tickets", 1) for _, entry in left), 0
        while drawn < quota["places"] + quota["alternates"]:
            must(left, "名单已抽完 / the pool is exhausted")
            index = len(rounds).to_bytes(2, "big")
            data = index + key.encode("ascii") + index
            digest = (hashlib.md5(data) if md5 else hashlib.sha256(data)).digest()
            ticket = remainder = int.from_bytes(digest, "big") % total
            for position, (n, entry) in enumerate(left):
                if ticket < entry.get("tickets", 1):
                    break
                ticket -= entry.get("tickets", 1)
            del left[position]
            told = {
                "index": len(rounds),
                "digest": digest.hex(),
                "remaining": total,
                "remainder": remainder,
                "number": n,
                "id": entry["id"],
            }
            if "class" in quota:
                told["class"] = quota["class"]
            if entry["id"] in reasons:
                told.update(outcome="skipped", reason=reasons[entry["id"]])
            else:
                drawn += 1
                alternate = drawn - quota["places"]
                told["outcome"] = "alternate" if alternate > 0 else "drawn"
                told["place"] = alternate if alternate > 0 else drawn
            total -= entry.get("tickets", 1)
            rounds.append(told)
    return rounds


def verify(text, expected_digest=None):
    told = json.loads(
        text, object_pairs_hook=unique, parse_float=no_fraction, parse_constant=no_fraction
    )
    must(told["format"] == "public-draw/transcript/1", "不是抽取记录 / not a transcript")
    commitment = told["commitment"]
    check_commitment(commitment)
    commitment_digest = sha256(canonical(commitment))
    print("承诺摘要 / commitment:", commitment_digest)
    if expected_digest:
        must(expected_digest.lower() == commitment_digest, "不是所公布的承诺 / not the published commitment")
    key = key_of(commitment, told["values"], commitment_digest)
    print("密钥 / key:", key)
    rounds = rounds_of(commitment, key)
    for line in rounds:
        print(
            "{index:>5}  {digest}  mod {remaining} = {remainder}  -> No. {number} {id}  {outcome}".format(**line),
            line.get("place", line.get("reason")),
        )
    computed = {
        "format": told["format"],
        "commitment": commitment,
        "commitmentDigest": commitment_digest,
        "values": told["values"],
        "key": key,
        "rounds": rounds,
        "drawn": [line["id"] for line in rounds if line["outcome"] == "drawn"],
        "alternates": [line["id"] for line in rounds if line["outcome"] == "alternate"],
    }
    for name in sorted(set(told) | set(computed)):
        # Bytes, because to Python true equals 1.
        same = name in told and name in computed and canonical(told[name]) == canonical(computed[name])
        must(same, "与重算不符 / differs from what was computed: " + name)
    return computed


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console that lacks a character must not spoil the check
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with open(arguments[1], encoding="utf-8") as file:
            text = file.read()
        result = verify(text, arguments[2] if len(arguments) == 3 else None)
    except OSError as problem:
        print(problem, file=sys.stderr)
        return 2
    except (Refused, KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        print("不成立 / refused:", problem, file=sys.stderr)
        return 1
    print("成立 / repeated:", len(result["drawn"]), "drawn,", len(result["alternates"]), "alternates")
    if len(arguments) == 2:
        print("另请核对承诺摘要与事先公布的一致 / compare the commitment with the one published beforehand")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
