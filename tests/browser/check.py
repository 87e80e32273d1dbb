#!/usr/bin/env python3
"""Checks dossier pages in a real browser, over WebDriver, with the standard library alone.

    python3 tests/browser/check.py [--screenshots DIR] PAGE...

Needs `chromedriver` and `chromium` on the PATH (or in CHROMEDRIVER and CHROMIUM). Each page is
opened from the disk at three widths, light and dark. Checked: nothing in the console, no network
request, no part wider than the window, the filter, links to words and to copies by keyboard, the
matrix, what is copied, the timeline, what others say beside a claim, copying with citations, and
enough contrast of text to ground. Exit status 1 if anything fails.
"""

import argparse
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

WIDTHS = (1280, 390, 360)
# Height of one screenshot.
SLICE = 1600
KEYS = {"tab": "\ue004", "enter": "\ue007", "end": "\ue010", "escape": "\ue00c", "down": "\ue015"}


class Browser:
    """One WebDriver session on the loopback interface."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.profile = tempfile.mkdtemp(prefix="recoupe-browser-")
        self.driver = subprocess.Popen(
            [os.environ.get("CHROMEDRIVER", "chromedriver"), f"--port={port}", "--log-level=SEVERE"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        self.session = None
        self.wait()
        options = {
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update",
                     "--disable-sync", f"--user-data-dir={self.profile}"],
            "perfLoggingPrefs": {"enableNetwork": True, "enablePage": False},
        }
        binary = os.environ.get("CHROMIUM") or shutil.which("chromium")
        if binary:
            options["binary"] = binary
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.session = made["sessionId"]

    def wait(self):
        for _ in range(100):
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("chromedriver does not answer")

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"},
                                         method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def do(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    def open(self, url):
        self.do("POST", "/url", {"url": url})

    def run(self, script, *args):
        return self.do("POST", "/execute/sync", {"script": script, "args": list(args)})

    def devtools(self, command, **params):
        return self.do("POST", "/goog/cdp/execute", {"cmd": command, "params": params})

    def log(self, kind):
        return self.do("POST", "/se/log", {"type": kind})

    def press(self, *keys):
        actions = []
        for key in keys:
            key = KEYS.get(key, key)
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.do("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def close(self):
        try:
            if self.session:
                self.do("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(10)
            shutil.rmtree(self.profile, ignore_errors=True)


class Checks:
    """What failed, with where."""

    def __init__(self):
        self.where, self.failures, self.count = "", [], 0

    def that(self, holds, what):
        self.count += 1
        if not holds:
            self.failures.append(f"{self.where}: {what}")


def requests(browser, page):
    """Everything the page asked for, but itself, `data:` and what the browser does inside."""
    found = []
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] != "Network.requestWillBeSent":
            continue
        url = message["params"]["request"]["url"]
        if url.split("#")[0] != page and not url.startswith(("data:", "chrome:", "about:")):
            found.append(url)
    return found


OVERFLOW = """
const wide = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= wide) return [];
return [...document.querySelectorAll('body *')].filter(e => e.checkVisibility({contentVisibilityAuto: true})
  && e.getBoundingClientRect().right > wide + 1 && !e.closest('.scroll, .menu')).slice(0, 5).map(e => e.tagName + '.' + e.className);
"""

CONTRAST = """
const parse = s => (s.match(/[\\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const ground = e => {
  for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c;
  }
  return [255, 255, 255];
};
const low = new Map();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let n = 0; walker.nextNode() && n < 6000; n++) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || e.closest('script, style, svg, .sr, .skip, [hidden]')) continue;
  if (!e.checkVisibility()) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
  const ratio = (a + .05) / (b + .05);
  if (ratio < 4.5) low.set(e.tagName + '.' + e.className, ratio.toFixed(2));
}
return [...low];
"""


def size(browser, width, scheme):
    browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900,
                     deviceScaleFactor=1, mobile=width < 600)
    browser.devtools("Emulation.setEmulatedMedia",
                     features=[{"name": "prefers-color-scheme", "value": scheme}])


def look(browser, checks, url, width, scheme, folder):
    checks.where = f"{url} at {width} {scheme}"
    size(browser, width, scheme)
    browser.log("performance"), browser.log("browser")
    started = time.monotonic()
    browser.open("about:blank")
    browser.open(url)
    took = time.monotonic() - started
    checks.that(took < 8, f"opened in {took:.1f} s")
    time.sleep(0.2)
    overflow = browser.run(OVERFLOW)
    checks.that(not overflow, f"wider than the window: {overflow}")
    low = browser.run(CONTRAST)
    checks.that(not low, f"low contrast: {low[:8]}")
    exercise(browser, checks)
    facets(browser, checks)
    matrix(browser, checks)
    likeness(browser, checks)
    timeline(browser, checks)
    beside(browser, checks)
    citing(browser, checks, url)
    land(browser, checks, url)
    if folder:
        picture(browser, url, folder, f"{pathlib.Path(url).parent.name}-{width}-{scheme}", width)
    asked = requests(browser, url)
    checks.that(not asked, f"asked the network for {asked[:3]}")
    said = [entry["message"] for entry in browser.log("browser")]
    checks.that(not said, f"console: {said[:3]}")


def exercise(browser, checks):
    """The filter, then a link to words and a link to a copy, with the keyboard alone."""
    total = browser.run("return document.querySelectorAll('.card').length")
    seen = "return [...document.querySelectorAll('.card')].filter(c => !c.hidden).length"
    checks.that(browser.run(seen) == total, "all findings are shown at first")
    browser.run("document.querySelector('#filter-text').focus()")
    browser.press(*"zzqqx")
    time.sleep(0.3)
    checks.that(browser.run(seen) == 0, "words that nothing holds leave no finding")
    checks.that(browser.run("return /0/.test(document.querySelector('#filter-result').textContent)"),
                "the filter says that nothing is left")
    browser.run("document.querySelector('.filter [type=reset]').focus()")
    browser.press("enter")
    time.sleep(0.3)
    checks.that(browser.run(seen) == total, "reset shows all again")
    if browser.run("const a = document.querySelector('.card .see');"
                   "if (a) { const d = a.closest('details'); if (d) d.open = true; a.focus(); } return !!a"):
        browser.press("enter")
        time.sleep(0.6)
        checks.that(browser.run(
            "const id = location.hash.slice(1), t = document.getElementById(id), d = t && t.closest('.doc');"
            "return /^w/.test(id) && !d.hidden && d.contains(document.activeElement)"),
            "a link to words shows the article and moves the focus there")
        checks.that(browser.run(
            "const [, n, a, b] = /^w(\\d+)-(\\d+)-(\\d+)$/.exec(location.hash.slice(1));"
            "const r = [...(CSS.highlights.get('cited') || [])][0];"
            "return !!r && [...r.toString()].length === b - a"),
            "the words cited are lit, all of them and no more")
        checks.that(browser.run(
            "const t = document.getElementById(location.hash.slice(1)).getBoundingClientRect();"
            "return t.top >= 0 && t.top <= innerHeight"), "the words are in sight")
    if browser.run("const c = [...document.querySelectorAll('.doc:not([hidden]) .chip')]"
                   ".find(c => c.hash !== '#' + c.id); if (c) c.focus(); return !!c"):
        browser.press("enter")
        time.sleep(0.6)
        checks.that(browser.run(
            "const t = document.getElementById(location.hash.slice(1));"
            "return t.matches('.chip') && t === document.activeElement && !t.closest('.doc').hidden"
            " && document.querySelectorAll('.lit').length >= 2"),
            "a passage's link goes to its copy and lights both")
    checks.that(browser.run(
        "const b = document.querySelector('.theme'), before = getComputedStyle(document.body).backgroundColor;"
        "b.click(); const after = getComputedStyle(document.body).backgroundColor; b.click();"
        "localStorage.clear(); return before !== after"), "the theme changes")


SEEN = "return [...document.querySelectorAll('.card')].filter(c => !c.hidden).map(c => c.id)"
CHOOSE = """
const e = document.querySelector(arguments[0]);
e.value = arguments[1];
e.dispatchEvent(new Event(e.tagName === 'INPUT' ? 'input' : 'change', {bubbles: true}));
e.dispatchEvent(new Event('input', {bubbles: true}));
"""


def choose(browser, selector, value):
    """As if the reader had chosen: the value, and the events that follow."""
    browser.run(CHOOSE, selector, value)
    time.sleep(0.2)


def facets(browser, checks):
    """Each choice of the filter leaves the findings that it should, by what their cards say."""
    total = browser.run(SEEN)
    for name, field in (("source", "sources"), ("entity", "entities")):
        last = browser.run(f"return [...document.querySelector('#filter-{name}').options].at(-1).value")
        if not last:
            continue
        choose(browser, f"#filter-{name}", last)
        kept = browser.run(SEEN)
        wanted = browser.run(
            "const [field, n] = arguments; return [...document.querySelectorAll('.card')]"
            ".filter(c => c.dataset[field].split(' ').includes(n)).map(c => c.id)", field, last)
        said = browser.run(f"const o = document.querySelector('#filter-{name}').selectedOptions[0];"
                           "return Number(/\\((\\d+)\\)$/.exec(o.textContent)[1])")
        checks.that(kept == wanted and len(kept) == said, f"choosing a {name} leaves its {said} findings")
        checks.that(browser.run(
            "const kept = new Set(arguments[0]), rows = [...document.querySelectorAll('[data-of]')];"
            "const notes = [...document.querySelectorAll('.filtered')];"
            "return rows.every(r => r.hidden !== kept.has(r.dataset.of))"
            " && notes.every(n => n.hidden === (kept.size === arguments[1]))", kept, len(total)),
            "the matrix and the timeline show the same findings, and say that some are left out")
        choose(browser, f"#filter-{name}", "")
    day = browser.run("return document.querySelector('.card[data-from]')?.dataset.from")
    if day:
        choose(browser, "#filter-day", day)
        kept = browser.run(SEEN)
        wanted = browser.run(
            "const day = arguments[0]; return [...document.querySelectorAll('.card')].filter(({dataset: d}) =>"
            "(d.from || d.to) && (!d.from || d.from <= day) && (!d.to || day <= d.to)).map(c => c.id)", day)
        checks.that(kept == wanted and 0 < len(kept) <= len(total), "choosing a day leaves the findings of that day")
        choose(browser, "#filter-day", "")
    shown = ("return [...document.querySelectorAll('.supports li[data-again=\"%s\"]')]"
             ".filter(e => getComputedStyle(e).display !== 'none').length")
    again = [browser.run("return document.querySelectorAll('.supports li[data-again=\"%s\"]').length" % n) for n in "12"]
    for mode, left in (("once", [again[0], 0]), ("none", [0, 0]), ("all", again)):
        choose(browser, "#filter-copies", mode)
        checks.that([browser.run(shown % n) for n in "12"] == left, f"copies {mode}: {left} are left")
        if mode == "none":
            checks.that(browser.run(
                "const copy = document.querySelector('.doc:not([hidden]) .wire');"
                "return !copy || getComputedStyle(copy).color !== getComputedStyle(copy.closest('.text')).color"),
                "without copies, an article's own words stand out")
            checks.that(browser.run(
                "return [...document.querySelectorAll('.card')].every(c => c.hidden === !c.querySelector("
                "'.supports li:not([data-again])'))"), "without copies, findings of copies alone are gone")
    checks.that(browser.run(SEEN) == total, "all findings are back")


def matrix(browser, checks):
    """A cell leads to its words, and rows of more origins stand before those of fewer."""
    if not browser.run("const a = document.querySelector('.matrix a.cell'), d = a?.closest('details');"
                       "if (d) d.open = true; if (a) a.focus(); return !!a"):
        return
    checks.that(browser.run("return document.activeElement.getAttribute('aria-label').length > 5"),
                "a cell says whose words it leads to")
    browser.press("enter")
    time.sleep(0.4)
    checks.that(browser.run(
        "const t = document.getElementById(location.hash.slice(1));"
        "return !!t && t.matches('.at') && !t.closest('.doc').hidden && t.closest('.doc').contains(document.activeElement)"),
        "a cell of the matrix leads to its words")
    checks.that(browser.run("return [...document.querySelectorAll('.matrix a.cell')].every(a =>"
                            "document.getElementById(a.hash.slice(1))?.matches('.at'))"), "so does every other")
    counts = browser.run(
        "const t = document.querySelector('.matrix'); return [...t.tBodies[0].rows]"
        ".map(r => [...r.cells].slice(1).filter(c => c.querySelector('.cell')).length)")
    checks.that(counts == sorted(counts, reverse=True), f"rows by how many origins speak: {counts}")


def likeness(browser, checks):
    """One article at a time; its numbers are those of its sentences; the words stay its own."""
    n = browser.run("return document.querySelectorAll('.sim').length")
    checks.that(n == browser.run("return document.querySelectorAll('.doc').length"), "each article has its shares")
    if not n:
        return
    browser.run("document.querySelector('#pick-article').focus()")
    for value in [str(i + 1) for i in range(min(n, 4))]:
        choose(browser, "#pick-article", value)
        checks.that(browser.run("return [...document.querySelectorAll('.sim')].filter(e => !e.hidden && e.open)"
                                ".map(e => e.dataset.n)") == [value], f"article {value} alone is shown")
        checks.that(browser.run("""
            const text = document.querySelector(`#a${arguments[0]} .text`).textContent;
            return [...document.querySelectorAll(`#sim-${arguments[0]} .sentences .q`)].every(q => {
              const own = q.cloneNode(true);
              own.querySelectorAll('del').forEach(e => e.remove());
              const flat = s => s.replace(/\\s+/g, '');
              return flat(text).includes(flat(own.textContent));
            });""", value), f"article {value}: without the other text's words, sentences are its own")
        checks.that(browser.run("""
            return [...document.querySelectorAll(`#sim-${arguments[0]} .sentences li`)].every(li => {
              const n = Number(/(\\d+)\\D*$/.exec(li.querySelector('.bar').textContent)[1]);
              const bar = parseFloat(li.querySelector('.meter .fill').getAttribute('width'));
              const marked = [...li.querySelectorAll('mark')].map(m => m.textContent).join('').length;
              return Math.abs(n - bar) <= 1 && (n > 0) === (marked > 0);
            });""", value), f"article {value}: number, bar and marks agree")
    ends = browser.run("const d = [...document.querySelectorAll('#likeness [data-beside]')].find(a => a.checkVisibility());"
                       "if (d) d.focus(); return d && [d.hash.slice(2), d.dataset.beside]")
    if ends:
        browser.press("enter")
        time.sleep(0.3)
        checks.that(browser.run("return [...document.querySelectorAll('.doc:not([hidden])')].map(d => d.dataset.n)")
                    == sorted(ends, key=int), "the two articles stand side by side")


def timeline(browser, checks):
    """A sure day is a point, the rest bars; ordered by origins, then by day again."""
    rows = ("return [...document.querySelectorAll('#timeline [data-times]')].map(t =>"
            "[...t.querySelectorAll('li')].map(l => [l.querySelector('.what .badge').hash, Number(l.dataset.origins)]))")
    before = browser.run(rows)
    if not any(before):
        return
    checks.that(browser.run(
        "return [...document.querySelectorAll('#timeline li[data-origins]')].every(l => {"
        "const point = l.querySelector('.point'), bar = l.querySelector('.interval');"
        "const sure = l.dataset.from && l.dataset.from === l.dataset.to;"
        "return !(point && !sure) && !(bar && sure) && (!l.querySelector('svg.span') || l.querySelector('.when').textContent) })"),
        "sure days are points, uncertain ones bars, each with its words")
    choose(browser, "#timeline-order", "origins")
    after = browser.run(rows)
    for group, was in zip(after, before):
        counts = [n for _, n in group]
        checks.that(counts == sorted(counts, reverse=True) and sorted(group) == sorted(was),
                    f"the timeline by origins: {counts}")
    choose(browser, "#timeline-order", "day")
    checks.that(browser.run(rows) == before, "the timeline by day again")


def beside(browser, checks):
    """What others say of a claim, on focus and on hover; Escape hides it."""
    claim = ("[...document.querySelectorAll('.doc:not([hidden]) .claim')]"
             ".find(c => document.querySelector(c.hash).querySelectorAll('.supports li').length > 1)")
    if not browser.run(f"const c = {claim}; if (!c) return false; c.scrollIntoView({{block: 'center'}});"
                       "const before = document.createElement('a'); before.href = '#'; before.id = 'before-claim';"
                       "c.before(before); before.focus(); return true"):
        return
    browser.press("tab")
    time.sleep(0.2)
    checks.that(browser.run(
        "const p = document.querySelector('#peek'), c = document.activeElement; const r = p.getBoundingClientRect();"
        "const card = document.querySelector(c.hash);"
        "return !p.hidden && c.matches('.claim') && c.getAttribute('aria-describedby') === 'peek'"
        " && p.textContent.includes(card.querySelector('.st').textContent) && r.left >= 0 && r.right <= innerWidth"),
        "focus on a claim shows what is said of it, inside the window")
    checks.that(browser.run(
        "const p = document.querySelector('#peek'), c = document.activeElement, n = c.closest('.doc').dataset.n;"
        "const others = [...document.querySelector(c.hash).querySelectorAll('.supports .see')]"
        ".filter(a => !a.hash.startsWith(`#w${n}-`)).map(a => a.textContent);"
        "return others.every(name => p.textContent.includes(name)) || p.children.length > 7"),
        "and names the other articles that say it")
    browser.press("escape")
    checks.that(browser.run("return document.querySelector('#peek').hidden && !document.querySelector('[aria-describedby=peek]')"),
                "Escape hides it")
    browser.run("document.querySelector('#before-claim').remove();"
                "document.activeElement.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))")
    checks.that(not browser.run("return document.querySelector('#peek').hidden"), "so does hover show it")
    browser.press("escape")


CLIPBOARD = """
window.taken = null;
Object.defineProperty(navigator, 'clipboard', {configurable: true, value: arguments[0]
  ? {writeText: async text => { window.taken = text; }} : {writeText: async () => { throw new Error('no'); }}});
const card = document.querySelector('.card:not([hidden])');
card.querySelector(`[data-copy=${arguments[1]}]`).focus();
return card.id;
"""


def citing(browser, checks, url):
    """Copying by keyboard: the finding with its citations, its address, and by hand where the
    browser refuses; a finding's old address finds it too."""
    if not browser.run("return !!document.querySelector('.card:not([hidden])')"):
        return
    card = browser.run(CLIPBOARD, True, "link")
    browser.press("enter")
    time.sleep(0.2)
    checks.that(browser.run("return window.taken") == f"{url}#{card}", "the address is copied")
    browser.run(CLIPBOARD, True, "finding")
    browser.press("enter")
    time.sleep(0.2)
    taken = browser.run("return window.taken") or ""
    quote = browser.run("return document.getElementById(arguments[0]).querySelector('h4 .q bdi').textContent", card)
    spots = browser.run(
        "return [...document.getElementById(arguments[0]).querySelectorAll('.supports .see')].map(a => {"
        "const [, n, from, to] = /^#w(\\d+)-(\\d+)-(\\d+)$/.exec(a.hash);"
        "return `[${document.getElementById('a' + n).dataset.id}:${from}-${to}]` })", card)
    checks.that(quote in taken and spots and all(s in taken for s in spots) and taken.endswith("#" + card),
                "the finding is copied with every place that it rests on")
    checks.that(browser.run("return document.querySelector('.tools [role=status]')?.textContent.length > 2"),
                "and the page says so")
    browser.run(CLIPBOARD, False, "finding")
    browser.press("enter")
    time.sleep(0.2)
    checks.that(browser.run("const a = document.querySelector('.byhand textarea');"
                            "return !!a && a === document.activeElement && a.value.length > 20"
                            " && a.selectionEnd - a.selectionStart === a.value.length"),
                "where the clipboard is refused, the text is there, selected")
    browser.run("document.querySelectorAll('.said, .byhand').forEach(e => e.remove())")
    old = browser.run("const c = [...document.querySelectorAll('.card')].find(c => c.dataset.keys);"
                      "return c && [c.dataset.keys.split(' ').at(-1), c.id]")
    if old:
        browser.run("scrollTo(0, document.body.scrollHeight); location.hash = arguments[0]", old[0])
        time.sleep(0.3)
        checks.that(browser.run(
            "const key = arguments[0]; return [...document.querySelectorAll('.card')].filter(c =>"
            "c.id === key || c.dataset.keys.split(' ').includes(key)).some(c => {"
            "const r = c.getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0 })", old[0]),
            "an address made of another support's words leads to the finding")


def land(browser, checks, url):
    """Addresses with a fragment, opened from outside, with the script and without it."""
    ids = browser.run(
        "const cards = [...document.querySelectorAll('.card')], words = [...document.querySelectorAll('.at')];"
        "const chips = [...document.querySelectorAll('.chip')];"
        "const sims = [...document.querySelectorAll('.sim')];"
        "return [cards.at(-1), words.at(-1), chips.at(-1), sims.at(-1)].filter(Boolean).map(e => e.id)")
    for without in (False, True):
        browser.devtools("Emulation.setScriptExecutionDisabled", value=without)
        for name in ids:
            browser.open("about:blank")
            browser.open(f"{url}#{name}")
            time.sleep(0.3)
            found = browser.devtools("Runtime.evaluate", returnByValue=True, expression=(
                f"(() => {{ const r = document.getElementById('{name}').getBoundingClientRect();"
                "return r.top >= 0 && r.top < innerHeight; })()"))
            checks.that(found["result"]["value"],
                        f"#{name} is in sight{' without the script' if without else ''}")
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)


def picture(browser, url, folder, name, width):
    """The page as it opens, in a window as tall as the page, cut into slices."""
    browser.open("about:blank")
    browser.open(url)
    for _ in range(2):
        height = min(int(browser.run("return document.documentElement.scrollHeight")), 12000)
        browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height,
                         deviceScaleFactor=1, mobile=width < 600)
        time.sleep(0.4)
    for part, top in enumerate(range(0, height, SLICE)):
        clip = {"x": 0, "y": top, "width": width, "height": min(SLICE, height - top), "scale": 1}
        shot = browser.devtools("Page.captureScreenshot", format="png", clip=clip)
        (folder / f"{name}-{part + 1}.png").write_bytes(base64.b64decode(shot["data"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--screenshots", type=pathlib.Path, metavar="DIR")
    parser.add_argument("pages", nargs="+", type=pathlib.Path, metavar="PAGE")
    options = parser.parse_args()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    checks, browser = Checks(), Browser()
    try:
        for page in options.pages:
            for width in WIDTHS:
                for scheme in ("light", "dark"):
                    look(browser, checks, page.resolve().as_uri(), width, scheme, options.screenshots)
    finally:
        browser.close()
    for failure in checks.failures:
        print(failure)
    print(f"{checks.count} checks, {len(checks.failures)} failed")
    return 1 if checks.failures else 0


if __name__ == "__main__":
    sys.exit(main())
