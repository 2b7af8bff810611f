"""Opens a page of `pare report --html` in a headless Chromium and uses it as a person would.

    python3 check_page.py PAGE FUNCTION QUERY [SCREENSHOTS]

QUERY is what is searched for in FUNCTION; something there must be called so. With SCREENSHOTS, a folder,
pictures of every view at two widths and in both colour schemes; the README's, `Sources/page.png`, is
`function-1280-light.png` of the example project's page with `invoices pandas`. Prints what it found as JSON; the exit
code is 1 where something is not as it should be, 77 where there is no browser.
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


def middle(b, selector):
    """Where an element is on the screen; it is scrolled to."""
    return b.run("""(() => { const e = document.querySelector(%s);
        e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect();
        return [r.x + Math.min(r.width / 2, 30), r.y + Math.min(r.height / 2, 8)]; })()""" % json.dumps(selector))


def check_list(b):
    b.go("#/")
    names = "[...document.querySelectorAll('tbody td:first-child')].map(e => e.textContent)"
    total = int(b.run("document.querySelector('h1').textContent").split()[0].replace(",", ""))
    # Of a thousand the first few hundred are shown, by whatever they are sorted; a button brings the rest.
    expect(len(b.run(names)) == min(total, 300), "the list is not cut where it should be")
    while b.run("document.querySelector('button.more') !== null"):
        before = len(b.run(names))
        b.click(*middle(b, "button.more"))
        expect(len(b.run(names)) > before, "the button brings no more functions")
    first = b.run(names)
    expect(len(first) == total, "functions are missing from the list")
    b.click(*middle(b, "th:first-child button"))
    by_name = b.run(names)
    expect(by_name == sorted(by_name), "a click on a heading does not sort")
    expect(b.run("document.querySelector('th:first-child').getAttribute('aria-sort')") == "ascending",
           "the sorted column does not say so")
    expect(b.run("document.activeElement.textContent") == "function", "sorting loses the focus")
    b.key("Enter")
    expect(b.run(names) == list(reversed(by_name)), "the keyboard does not sort")
    expect(sorted(first) == by_name, "sorting loses functions")
    b.key("/", 191, "/")
    expect(b.run("document.activeElement.id") == "search", "'/' does not go to the search")
    b.type(first[0])
    found = b.run(names)
    expect(first[0] in found and all(first[0] in name for name in found), "the filter does not filter")
    b.run("document.activeElement.value = ''; document.activeElement.dispatchEvent(new Event('input'))")
    return len(first)


def check_function(b, function, query):
    b.go("#/f/" + quote(function, safe=""))
    expect(b.run("document.querySelector('h1').textContent") == function, "the heading is not the name")
    expect(b.run("document.querySelectorAll('.box.leaf').length") > 0, "the treemap has no boxes")
    covered = b.run("""(() => { const map = document.getElementById('map');
        let sum = 0; for (const e of map.querySelectorAll('.box.leaf')) sum += e.offsetWidth * e.offsetHeight;
        return sum / (map.clientWidth * map.clientHeight); })()""")
    expect(0.5 < covered <= 1.05, "boxes cover %.2f of the map" % covered)
    b.click(*middle(b, ".box.leaf"))
    chain = b.run("[...document.querySelectorAll('#panel .chain li')].map(e => e.innerText)")
    expect(len(chain) > 0, "a click shows no chain")
    expect("together" in b.run("document.getElementById('panel').textContent")
           or "own" in b.run("document.getElementById('panel').textContent"), "a click shows no size")
    before = b.run("document.querySelector('.box[aria-pressed=true]').title")
    moved = False
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        b.key(key)
        moved = moved or b.run("document.activeElement.title") != before
    expect(moved or b.run("document.querySelectorAll('.box').length") == 1, "arrow keys do not move")
    b.run("document.querySelector('.box.group') && document.querySelector('.box.group').focus()")
    if b.run("document.activeElement.classList.contains('group')"):
        b.key("Enter")
        expect(b.run("document.querySelectorAll('.crumbs button').length") == 1, "Enter does not open")
        b.key("Escape")
        expect(b.run("document.querySelectorAll('.crumbs button').length") == 0, "Escape does not go up")
    b.run("document.getElementById('search').focus()")
    b.type(query)
    hits = b.run("[...document.querySelectorAll('.hits:not([hidden]) button span:first-child')].map(e => e.textContent)")
    expect(any(query in hit for hit in hits), "the search finds nothing")
    b.key("Enter")
    expect(query in b.run("document.querySelector('#panel h2').textContent"), "the first hit is not chosen")
    found = b.run("[...document.querySelectorAll('#panel .chain li')].map(e => e.innerText)")
    b.run("document.getElementById('search').value = ''; document.getElementById('search').dispatchEvent(new Event('input'))")
    return {"boxes": b.run("document.querySelectorAll('.box').length"), "chain": found}


def main():
    page, function, query = sys.argv[1:4]
    folder = sys.argv[4] if len(sys.argv) > 4 else None
    path = browser.find()
    if not path:
        print("there is no Chromium here")
        return 77
    answer = {}
    with browser.Browser(path) as b:
        for width, height in ((1280, 900), (390, 844)):
            for scheme in ("light", "dark"):
                b.size(width, height, scheme)
                b.load(page)
                key = "%d-%s" % (width, scheme)
                answer[key] = {"functions": check_list(b), **check_function(b, function, query)}
                views = b.run("[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href'))")
                for view in views + ["#/f/" + quote(function, safe="")]:
                    b.go(view)
                    wide = b.run("document.documentElement.scrollWidth")
                    expect(wide <= width, "%s is %d wide at %d" % (view, wide, width))
                    expect(b.run("document.querySelector('h1') !== null"), view + " is empty")
                    if folder:
                        name = "function" if "/f/" in view else view[2:] or "functions"
                        b.screenshot(os.path.join(folder, "%s-%s.png" % (name, key)))
        b.go("#/")
        expect(b.run("document.querySelectorAll('main script, main img, main iframe, main b').length") == 0,
               "a name became an element")
        failures.extend(b.problems())
    answer["failures"] = failures
    print(json.dumps(answer, indent=1))
    return 1 if failures else 0


sys.exit(main())
