#!/usr/bin/env bash
# Guess: page.on takes any function, so page.on("console", seen.append) collects messages.
# Seen: an attribute is set on the handler, which a function written in C refuses: AttributeError. A lambda around it works.
# Needs python3 and chromium. Takes half a minute.
set -euo pipefail; dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env && env/bin/pip install -q playwright==1.65.2; cat > find.py <<'PY'
import shutil
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
    page, wrapped, direct = browser.new_page(), [], []
    page.on("console", lambda message: wrapped.append(message))
    page.evaluate("console.log(1)")
    print("a lambda:", len(wrapped), "message"); assert wrapped
    try: page.on("console", direct.append)
    except AttributeError as error: print("the method itself:", error)
    else: raise SystemExit("the method is taken")
    browser.close()
PY
env/bin/python find.py
