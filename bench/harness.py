"""What the benchmarks have in common: ports, CPU time, and a server's beginning and end."""
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid, children=False):
    """User and system time of a process, and of its children that still run if they are asked for."""
    listing = [pid]
    if children:
        listing = subprocess.run(["ps", "-o", "pid=", "--pid", str(pid), "--ppid", str(pid)],
                                 capture_output=True, text=True).stdout.split()
    total = 0
    for process in listing:
        with open(f"/proc/{process}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def await_serving(process, url, token, log):
    """Returns once the URL is answered with 200 to that bearer token; ends the run if the server ends."""
    request = urllib.request.Request(url, headers={"Authorization": "Bearer " + token})
    end = time.time() + 300
    while time.time() < end:
        if process.poll() is not None:
            sys.exit("the server ended: " + open(log).read())
        try:
            unchecked = ssl._create_unverified_context()
            with urllib.request.urlopen(request, context=unchecked, timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("the server does not serve after five minutes: " + open(log).read())


def stop(process):
    """Ends a process that leads its group."""
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(60)
