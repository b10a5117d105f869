#!/usr/bin/env bash
# Guess: feedparser reads the zones of RSS dates that it knows, and gives no date where it does not know one.
# Seen: an unknown zone is taken for UTC. Ten o'clock in CEST, CET or BST becomes ten o'clock UTC, one or two hours too late,
# and nothing tells it from ten o'clock GMT. With no zone at all there is no date.
# Needs python3. Takes ten seconds.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; python3 -m venv env; env/bin/pip install --quiet feedparser==6.0.14
cat > zones.py <<'PY'
import time, feedparser
FEED = "<rss version='2.0'><channel><title>x</title><item><title>x</title><pubDate>Mon, 01 Jun 2026 10:00:00%s</pubDate></item></channel></rss>"
def read(zone):
    found = feedparser.parse((FEED % zone).encode())
    assert not found.bozo
    at = found.entries[0].get("published_parsed")
    return at and time.strftime("%H:%M UTC", at)
hours = {zone: read(zone) for zone in (" GMT", " +0200", " CEST", " CET", " BST", " EST", "")}
print("feedparser", feedparser.__version__, hours)
assert hours[" +0200"] == "08:00 UTC" and hours[" EST"] == "15:00 UTC"
assert hours[" CEST"] == hours[" CET"] == hours[" BST"] == "10:00 UTC"
assert hours[""] is None
PY
env/bin/python zones.py
