#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures "james-mailman explain": james-assembly/explain-benchmark.py [LINES [CONF]]

Needs a built distribution (./run.sh builds one). LINES questions, by default 100,000, with messages of 4 KB each go
through "explain --jsonl"; the clock starts when a first one has been answered. Then one message is explained ten times.
"""
import base64
import glob
import json
import os
import resource
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COMMAND = glob.glob(os.path.join(ROOT, "james-assembly/server/target/james-mailman-*/bin/james-mailman"))
SENDERS = ["anne@example.com", "bart@example.com", "carl@example.org", ""]
RECIPIENTS = ["ant@lists.example.com", "bee@lists.example.com", "bee-request@lists.example.com",
              "nobody@lists.example.com"]
SIZE = 4096


def message(number, sender):
    head = (
        "Received: from mail.example.org (mail.example.org [192.0.2.1])\r\n\tby mx.example.com; Sat, 31 Jan 2026"
        " 12:00:00 +0000\r\n" * 3
        + f"From: A Name <{sender or 'mailer-daemon@example.org'}>\r\nTo: list@lists.example.com\r\n"
        f"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= {number}\r\nMessage-ID: <{number}@example.org>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/alternative; boundary="b{number}"\r\n\r\n')
    foot = f"\r\n--b{number}\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n--b{number}--\r\n"
    body = f"--b{number}\r\nContent-Type: text/plain\r\n\r\n"
    lines = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod\r\n" * 60
    return (head + body + lines)[:SIZE - len(foot)] + foot


def question(number):
    sender = SENDERS[number % len(SENDERS)]
    recipient = RECIPIENTS[number // len(SENDERS) % len(RECIPIENTS)]
    octets = message(number, sender).encode("ascii")
    line = {"mailFrom": sender, "rcpt": recipient, "message": base64.b64encode(octets).decode("ascii")}
    return (json.dumps(line) + "\n").encode("ascii")


def measure_lines(command, count):
    questions = b"".join(question(number) for number in range(1000)) * (count // 1000)
    begin = time.monotonic()
    process = subprocess.Popen(command + ["--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(question(0))
    process.stdin.flush()
    process.stdout.readline()
    started = time.monotonic()

    def write():
        process.stdin.write(questions)
        process.stdin.close()

    threading.Thread(target=write, daemon=True).start()
    answers = [json.loads(line) for line in process.stdout]
    seconds = time.monotonic() - started
    assert process.wait() == 0 and len(answers) == count // 1000 * 1000, len(answers)
    assert not any("error" in answer for answer in answers)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (used.ru_utime + used.ru_stime) / len(answers) * 1e6
    print(f"start to first answer: {started - begin:.2f} s")
    print(f"{len(answers):,} lines of {SIZE:,} octets in {seconds:.2f} s: {len(answers) / seconds:,.0f} lines/s,"
          f" {cpu:.0f} us of processor a line, Java's start included")


def measure_one(command):
    octets = message(0, "carl@example.org").encode("ascii")
    times = []
    for _ in range(10):
        begin = time.monotonic()
        subprocess.run(command + ["--mail-from", "carl@example.org", "--rcpt", "bee@lists.example.com"],
                       input=octets, stdout=subprocess.DEVNULL, check=True)
        times.append(time.monotonic() - begin)
    print(f"one message, Java's start included: {sorted(times)[5]:.2f} s (median of 10)")


def main():
    if not COMMAND:
        sys.exit("explain-benchmark: nothing is built yet: run ./run.sh once")
    conf = sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, "conf")
    os.environ["JAMES_MAILMAN_DIR"] = ROOT
    command = [COMMAND[0], "explain", "--conf", conf]
    measure_lines(command, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    measure_one(command)


if __name__ == "__main__":
    main()
