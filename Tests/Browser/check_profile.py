"""Opens a page of `pare report --html --profile` in a headless Chromium and looks at a cold start.

    python3 check_profile.py PAGE FUNCTION MODULE [SCREENSHOTS]

MODULE is one that FUNCTION's start loads. With SCREENSHOTS, a folder, pictures at two widths and in both
colour schemes. The exit code is 1 where something is not as it should be, 77 where there is no browser.
"""

import json
import os
import sys
from urllib.parse import quote

import browser

failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)


def check(b, function, module):
    b.go("#/f/" + quote(function, safe=""))
    labels = b.run("[...document.querySelectorAll('#icicle .box')].map(e => e.getAttribute('aria-label'))")
    expect(any(label.startswith(module + ", ") for label in labels), "the icicle has no box for " + module)
    widths = b.run("""(() => { const chart = document.getElementById('icicle').clientWidth;
        return [...document.querySelectorAll('#icicle .box')].map(e => (e.offsetLeft + e.offsetWidth) / chart); })()""")
    expect(all(width < 1.01 for width in widths), "a box stands over the edge")
    expect(widths and abs(widths[0] - 1) < 0.01, "the first box is not the whole")
    find = "[...document.querySelectorAll('#icicle .box')].find(e => e.getAttribute('aria-label').startsWith(%s))" % json.dumps(module + ", ")
    b.run(find + ".click()")
    expect(b.run(find + ".offsetWidth / document.getElementById('icicle').clientWidth") > 0.99, "a click does not zoom")
    expect(module in b.run("document.getElementById('figure').textContent"), "nothing is told of the box")
    b.key("Escape")
    expect(b.run("document.activeElement.box !== undefined"), "zooming out loses the focus")
    for _ in range(40):
        b.key("Escape")
    expect(b.run("document.activeElement.textContent") == "cold start", "Escape does not lead to the top")
    b.key("ArrowDown")
    expect(b.run("document.activeElement.textContent") == "import", "the arrow keys do not move")


def main():
    page, function, module = sys.argv[1:4]
    path = browser.find()
    if path is None:
        return 77
    with browser.Browser(path) as b:
        for width in (1280, 400):
            for scheme in ("light", "dark"):
                b.size(width, 900, scheme)
                b.load(page)
                check(b, function, module)
                expect(b.run("document.documentElement.scrollWidth") <= width, "the page is wider than its window")
                if len(sys.argv) > 4:
                    b.run("document.getElementById('icicle').scrollIntoView({block: 'center'})")
                    b.screenshot(os.path.join(sys.argv[4], "profile-%d-%s.png" % (width, scheme)))
        failures.extend(b.problems())
    print(json.dumps({"failures": failures}))
    return 1 if failures else 0


sys.exit(main())
