"""One kept connection to a house on this machine, for measuring: no redirects, no retries, nothing clever."""

import asyncio
import urllib.parse
from html.parser import HTMLParser


class Answer:
    __slots__ = ("status", "headers", "body")

    def __init__(self, status: int, headers: dict[str, str], body: bytes):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Connection:
    """HTTP/1.1 over one socket; one request at a time."""

    def __init__(self, port: int):
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, method: str, path: str, cookies: dict[str, str],
                   fields: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        body = urllib.parse.urlencode(fields).encode() if fields is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
        if fields is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self._writer.drain()
        answer = await self._receive()
        for name, value in answer.headers.items():
            if name.startswith("set-cookie"):
                key, _, rest = value.partition("=")
                cookies[key] = rest.partition(";")[0]
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    async def _receive(self) -> Answer:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        headers: dict[str, str] = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            key = name.strip().lower()
            # Cookies come in several lines; each keeps a name of its own.
            headers[key if key not in headers else f"{key}-{len(headers)}"] = value.strip()
        if "content-length" in headers:
            body = await self._reader.readexactly(int(headers["content-length"]))
        elif headers.get("transfer-encoding", "").lower() == "chunked":
            body = b""
            while size := int((await self._reader.readuntil(b"\r\n")).strip() or b"0", 16):
                body += await self._reader.readexactly(size)
                await self._reader.readexactly(2)
            await self._reader.readexactly(2)
        else:
            body = b""
        return Answer(status, headers, body)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None


class Visitor:
    """Somebody signed in by the demo's link, on a connection of their own."""

    def __init__(self, port: int):
        self.connection = Connection(port)
        self.cookies: dict[str, str] = {}

    async def sign_in(self, key: str) -> "Visitor":
        answer = await self.connection.send("GET", f"/demo/sign-in/{key}", self.cookies)
        if answer.status != 303:
            raise SystemExit(f"signing in as {key} answers {answer.status}")
        return self

    async def get(self, path: str) -> Answer:
        return await self.connection.send("GET", path, self.cookies)

    def close(self) -> None:
        self.connection.close()


class Fields(HTMLParser):
    """Names and values of the fields of one form of a page, as a browser would send them."""

    def __init__(self, action_part: str):
        super().__init__(convert_charrefs=True)
        self.part = action_part
        self.values: dict[str, str] = {}
        self.autosave = ""
        self._inside = False
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and self.part in (given.get("data-autosave") or ""):
            self._inside, self.autosave = True, given["data-autosave"]
        if not self._inside:
            return
        name = given.get("name")
        if tag == "input" and name:
            self.values.setdefault(name, given.get("value") or "")
        elif tag == "textarea" and name:
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.values):
            self.values[self._select] = given.get("value") or ""

    def handle_data(self, data):
        if self._area:
            self.values[self._area] = (self.values[self._area] + data).lstrip("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
