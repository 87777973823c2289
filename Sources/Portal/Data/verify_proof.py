#!/usr/bin/env python3
"""Checks the proof of one fact of the journal. Standard library alone; one file.

    python3 verify_proof.py FACT.tlog-proof "VKEY"

VKEY is the log's public key, or a file that holds it. The signature of the checkpoint is checked where the
package `cryptography` is installed; otherwise compare the checkpoint printed at the end with one that you
got from somewhere else. Exit status: 0 proved, 1 not proved, 2 wrong usage.
"""

import base64
import hashlib
import json
import os
import sys


class NotProved(Exception):
    pass


def need(condition, why):
    if not condition:
        raise NotProved(why)


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def opens(text, salt, stated, what):
    """Whether the text, if it is shown, is the one that the envelope commits to."""
    if text is None:
        return
    salt = bytes.fromhex(salt)
    # With a longer salt one could count a text's first words to the salt, and show only the rest.
    need(len(salt) == 16, f"the {what}'s salt has not 16 bytes")
    need(sha256(salt, text.encode()).hex() == stated, f"the {what} is not the one the envelope commits to")


def parse_key(text):
    """`<name>+<8 hex digits>+<base64 of 0x01 and 32 bytes>` (C2SP signed-note)."""
    name, key_id, data = text.strip().split("+", 2)
    data = base64.b64decode(data, validate=True)
    need(len(data) == 33 and data[0] == 1, "the key is not an Ed25519 key")
    need(sha256(name.encode(), b"\n", data)[:4].hex() == key_id, "the key's id does not belong to it")
    return name, bytes.fromhex(key_id), data[1:]


def parse_proof(text):
    """C2SP tlog-proof: header, extra data, index, hashes, a blank line, the checkpoint."""
    head, _, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    need(lines and lines[0] == "c2sp.org/tlog-proof@v1", "not a tlog-proof")
    extra = None
    if len(lines) > 1 and lines[1].startswith("extra "):
        extra = base64.b64decode(lines.pop(1)[6:], validate=True)
    need(len(lines) > 1 and lines[1].startswith("index "), "the index is missing")
    index = int(lines[1][6:])
    hashes = [base64.b64decode(line, validate=True) for line in lines[2:]]
    need(all(len(one) == 32 for one in hashes), "a hash has not 32 bytes")
    return extra, index, hashes, checkpoint


def parse_checkpoint(note):
    """C2SP tlog-checkpoint: name, size, root; a blank line; signatures."""
    text, mark, signatures = note.rpartition("\n\n")
    need(mark, "the checkpoint has no signature")
    lines = text.split("\n")
    need(len(lines) >= 3, "the checkpoint is too short")
    return text + "\n", lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True), signatures


def check_signature(text, signatures, name, key_id, key):
    """True where it was checked; False where the package for it is missing."""
    for line in signatures.split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or parts[1] != name:
            continue
        signature = base64.b64decode(parts[2], validate=True)
        if signature[:4] != key_id:
            continue
        try:
            from cryptography.exceptions import InvalidSignature
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        except ImportError:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature[4:], text.encode())
        except InvalidSignature:
            raise NotProved("the checkpoint's signature is false")
        return True
    raise NotProved("the checkpoint is not signed by this key")


def root_of(leaf, index, size, hashes):
    """RFC 9162 section 2.1.3.2."""
    need(0 <= index < size, "the leaf lies outside the tree")
    node, last, root = index, size - 1, leaf
    for sibling in hashes:
        need(last > 0, "the proof is too long")
        if node & 1 or node == last:
            root = sha256(b"\x01", sibling, root)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            root = sha256(b"\x01", root, sibling)
        node >>= 1
        last >>= 1
    need(last == 0, "the proof is too short")
    return root


def check(proof, vkey):
    name, key_id, key = parse_key(vkey)
    extra, index, hashes, checkpoint = parse_proof(proof)
    need(extra is not None, "this proof does not open its leaf; ask whose fact it is for one that does")
    opening = json.loads(extra)
    envelope = opening["envelope"]
    columns = json.loads(envelope)
    need(len(columns) == 14 and columns[0] == "jiebang/fact/1", "not the envelope of a fact")
    need(columns[1] == index, "the envelope is of another fact")
    opens(opening.get("payload"), opening.get("payloadSalt"), columns[12], "payload")
    opens(opening.get("reason"), opening.get("reasonSalt"), columns[13], "reason")
    salt = bytes.fromhex(opening["leafSalt"])
    need(len(salt) == 16, "the leaf's salt has not 16 bytes")
    entry = sha256(salt, envelope.encode())
    text, origin, size, root, signatures = parse_checkpoint(checkpoint)
    need(origin == name, "the checkpoint is of another log")
    signed = check_signature(text, signatures, name, key_id, key)
    need(root_of(sha256(b"\x00", entry), index, size, hashes) == root, "the leaf is not in the tree")
    return columns, opening, text, signed


def shown(opening, part):
    """A proof alone cannot tell what was erased from what its maker left out; the erasing fact's proof can."""
    if opening.get(part) is not None:
        # In quotes, with controls escaped: a reason of several lines cannot pose as lines of ours.
        return json.dumps(opening[part], ensure_ascii=False) if part == "reason" else opening[part]
    erased_by = opening.get(part + "ErasedBy")
    return "(not shown)" if erased_by is None else f"(erased, by fact {erased_by}: check its proof)"


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    vkey = sys.argv[2]
    if os.path.exists(vkey):
        with open(vkey, encoding="utf-8") as file:
            vkey = file.read()
    try:
        with open(sys.argv[1], encoding="utf-8", newline="") as file:
            columns, opening, checkpoint, signed = check(file.read(), vkey)
    except (NotProved, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        print(f"not proved: {error}", file=sys.stderr)
        return 1
    names = "format number at kind subject-kind subject actor role step outcome target clause".split()
    for label, value in list(zip(names, columns))[1:]:
        if value is not None:
            print(f"{label}: {value}")
    if columns[13] is not None:
        print(f"reason: {shown(opening, 'reason')}")
    print(f"payload: {shown(opening, 'payload')}")
    print(f"\nproved under the checkpoint\n{checkpoint}")
    if not signed:
        print("NOT CHECKED: the signature (install `cryptography`, or compare this checkpoint with your own copy)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
