"""The pages a person can reach by links, one of each kind."""

import re
import urllib.parse
from collections import deque

from visitor import Visitor, links

ROLES = [
    "applicant", "team-member", "research-office", "university-leader", "programme-officer", "commission-leader",
    "expert", "finance", "finance-approver", "auditor", "integrity", "system-admin", "security-admin",
    "audit-admin",
]

# A part of an address that names one thing among many: our words have no digits, our identities 16 letters.
_NAME = re.compile(r"\d|^[a-z]{16}$|^.{20,}$|^(university|commission|department)-")
_OUTSIDE = re.compile(r"^/(assets|demo/sign-in|language|sign-out|tile|checkpoint|attachments)\b|\.csv$|\.json$")


def kind_of(path: str) -> str:
    """`/cases/8f3…/timeline` → `/cases/*/timeline`."""
    # A programme's name is made of words of ours.
    path = re.sub(r"(?<=/plan/programmes/)[^/]+", "*", path)
    return "/".join("*" if _NAME.search(part) else part for part in path.split("/"))


def local(link: str, at: str) -> str | None:
    """The path and query of a link to a page of ours."""
    whole = urllib.parse.urljoin(f"http://here{at}", link)
    parts = urllib.parse.urlsplit(whole)
    if parts.scheme != "http" or parts.netloc != "here" or _OUTSIDE.search(parts.path):
        return None
    if "format=json" in parts.query or "lang=" in parts.query:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def pages(visitor: Visitor, starts: tuple[str, ...] = ("/", "/todo", "/cases"), most: int = 60,
          each: int = 1) -> dict[str, str]:
    """Addresses of pages that links lead to → their HTML; at most `each` of a kind, at most `most` in all."""
    found: dict[str, str] = {}
    seen: dict[str, int] = {}
    queue = deque(starts)
    asked = set(starts)
    while queue and len(found) < most:
        path = queue.popleft()
        kind = kind_of(path.split("?")[0])
        if seen.get(kind, 0) >= each:
            continue
        answer = visitor.get(path)
        if answer.status in (302, 303):
            target = local(answer.location, path)
            if target and target not in asked:
                asked.add(target)
                queue.append(target)
            continue
        if path in starts and answer.status == 404:
            continue
        assert answer.status == 200, f"a link leads to {path}, which answers {answer.status}"
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen[kind] = seen.get(kind, 0) + 1
        found[path] = answer.text
        for link in links(answer.text):
            target = local(link, path)
            if target and target not in asked:
                asked.add(target)
                queue.append(target)
    return found
