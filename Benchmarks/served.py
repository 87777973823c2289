"""The program in a process of its own: made, started, measured, ended."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_crowd(program: Path, data: Path, options: list[str]) -> dict:
    """The house to measure on, unless it is there already."""
    if (data / "jiebang.sqlite").exists():
        return {}
    command = [str(program), "bench", "crowd", "--data", str(data), "--json", *options]
    print("making the house: " + " ".join(command), file=sys.stderr)
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    return json.loads(done.stdout)


class Served:
    """`jiebang serve --demo` on a folder."""

    def __init__(self, program: Path, data: Path):
        self.port = free_port()
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [str(program), "serve", "--demo", "--data", str(data), "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        self._wait(begin)
        # From before the process is made to the last byte of the public home page.
        self.first_answer = time.perf_counter() - begin

    def _wait(self, begin: float) -> None:
        while time.perf_counter() - begin < 120:
            if self.process.poll() is not None:
                raise SystemExit(f"the house ended with {self.process.returncode}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=30) as plain:
                    plain.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    whole = b""
                    while piece := plain.recv(1 << 16):
                        whole += piece
                if not whole.startswith(b"HTTP/1.1 200"):
                    raise SystemExit(f"/ answers {whole[:60]!r}")
                return
            except ConnectionRefusedError:
                time.sleep(0.002)
        self.process.kill()
        raise SystemExit("the house was not ready in 120 s")

    def memory(self) -> dict[str, float]:
        """Resident MB: now, the most so far, and what of it now is no file of its own (the heap)."""
        found = {}
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                name, _, rest = line.partition(":")
                if name in ("VmRSS", "VmHWM", "RssAnon"):
                    found[name] = int(rest.split()[0]) / 1024
        return found

    def cpu_seconds(self) -> float:
        with open(f"/proc/{self.process.pid}/stat") as stat:
            parts = stat.read().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
