#!/usr/bin/env python3
"""Make the articles and the gold files of each story from its `story.md`. Standard library only.

    build.py             write articles/*.txt, statements.jsonl, statements_not.jsonl, findings.jsonl
    build.py --check     write nothing; fail when a file on disk is not what story.md gives

Format of story.md: README.md beside this file. Every span is marked in the text itself, so an offset
cannot be wrong; what is marked and not described, or described and not marked, stops the script.
"""
import json, pathlib, re, sys

HERE = pathlib.Path(__file__).parent
MARK = re.compile(r"\{([cvsen])([\d,]+) ")
COPY = re.compile(r"<<(\d+):(\d+)((?:\|\|.*?=>.*?)*)>>")
QUOTE = re.compile(r"«\s?(.*?)\s?»|“(.*?)”|\"(.*?)\"|‘(.*?)’(?!\w)", re.S)
NAMELESS = re.compile(r"\((anonyme|anonymes|anonymous|non nommée?s?|unnamed)\)$")
MARKERS = {"selon", "d'après", "d’après", "pour", "à en croire", "aux dires de", "de l'avis de", "according to", "dixit", "for", "per", "in his view", "in her view"}
STANCES, MODES = {"deny", "distance", "confirm"}, {"prediction", "commitment", "question", "hypothesis", "request"}

def fail(where, why):
    sys.exit(f"{where}: {why}")

def copied(paragraph, copies, where):
    """Replace <<A:P||old=>new>> by paragraph P of article A, its marks renumbered by 100 * A."""
    def one(m):
        article, number = int(m[1]), int(m[2])
        try: text = copies[article][number - 1]
        except (KeyError, IndexError): fail(where, f"no paragraph {m[0]}")
        text = MARK.sub(lambda k: "{%s%s " % (k[1], ",".join(str(int(i) + 100 * article) for i in k[2].split(","))), text)
        for edit in filter(None, m[3].split("||")):
            old, new = edit.split("=>")
            if text.count(old) != 1: fail(where, f"{text.count(old)} places for {old!r} in {m[0]}")
            text = text.replace(old, new)
        return text
    return COPY.sub(one, paragraph)

def unmarked(raw, where):
    """The plain text, and the spans of each mark: {(letter, id): [(start, end)]} in code points."""
    out, stack, spans, at = [], [], {}, 0
    length = 0
    while at < len(raw):
        m = MARK.match(raw, at)
        if m:
            stack.append((m[1], m[2], length)); at = m.end(); continue
        if raw[at] == "{": fail(where, f"bad mark {raw[at:at + 30]!r}")
        if raw[at] == "}":
            if not stack: fail(where, f"closing mark without an opening one: {raw[at - 30:at]!r}")
            letter, ids, start = stack.pop()
            for i in ids.split(","): spans.setdefault((letter, int(i)), []).append((start, length))
            at += 1; continue
        out.append(raw[at]); length += 1; at += 1
    if stack: fail(where, f"mark not closed: {stack}")
    return "".join(out), {k: sorted(v) for k, v in spans.items()}

def printed(raw, style, where):
    """The outlet's typography: curly apostrophes, no-break or no spaces inside guillemets."""
    for s in style.split():
        if s == "curly": raw = raw.replace("'", "’")
        elif s == "nbsp": raw = re.sub(r"« (?=\S)", "«\u00a0", re.sub(r" (?=[»:;?!])", "\u00a0", raw))
        elif s == "tight": raw = re.sub(r"« ", "«", re.sub(r" »", "»", raw))
        else: fail(where, f"unknown style {s}")
    return raw

def piece(text, span):
    return {"start": span[0], "end": span[1], "text": text[span[0]:span[1]]}

def quoted(text, spans):
    """Stretches between quotation marks inside or around the content, and the quote type."""
    marks = [m.span(m.lastindex) for m in QUOTE.finditer(text) if m.lastindex]
    inside = [(max(a, s), min(b, e)) for a, b in marks for s, e in spans if max(a, s) < min(b, e)]
    whole = all(any(a <= s and e <= b for a, b in marks) for s, e in spans)
    return sorted(inside), ("direct" if whole else "mixed" if inside else "indirect")

def cue_type(text, cue, content):
    if cue is None: return "floating"
    word = text[cue[0]:cue[1]].lower()
    if word in MARKERS: return "selon"
    if re.search(r"\b(par|by)$", word): return "passive"
    if re.match(r"de\b", word): return "narrative-infinitive"
    if content[0] < cue[0]: return "verb-inverted"
    between = text[cue[1]:content[0]].strip()
    if re.search(r"\b(que|qu['’])$", between): return "verb+que"
    if between.endswith("that"): return "verb+that"
    if between.endswith(":"): return "verb+colon"
    first = text[content[0]:content[1]].split()[0]
    if between in ("de", "d'", "d’", "to") or re.search(r"(er|ir|oir|re)$", first): return "verb+infinitive"
    return "verb+NP"

def statement(no, file, text, spans, line, types, where):
    chain_text, *flags = [x.strip() for x in line.split("|")]
    flags = set(" ".join(flags).split())
    unknown = flags - STANCES - MODES - {"opt", "hedged", "direct", "mixed", "indirect"}
    if unknown: fail(where, f"unknown flags {unknown}")
    chain = [x.strip() for x in chain_text.split(">")]
    content, cues, sources = (spans.pop((k, no), []) for k in "cvs")
    if not content: fail(where, f"statement {no} has no content")
    if len(sources) != 1: fail(where, f"statement {no} has {len(sources)} sources")
    for a, b in content + cues + sources:
        if text[a:b] != text[a:b].strip(): fail(where, f"white space at the edge of {text[a:b]!r}")
    inside, kind = quoted(text, content)
    kind = next((k for k in ("direct", "mixed", "indirect") if k in flags), kind)
    nameless = bool(NAMELESS.search(chain[-1]))
    cue = cues[0] if cues else None
    start, end = content[0][0], content[-1][1]
    row = {"id": f"{file.split('-')[0]}-{no:02}", "file": file, "start": start, "end": end, "text": text[start:end],
        "content_spans": [piece(text, x) for x in content], "quoted_spans": [piece(text, x) for x in inside],
        "cue": cue and piece(text, cue), "extra_cues": [piece(text, x) for x in cues[1:]],
        "cue_type": cue_type(text, cue, content[0]), "source": piece(text, sources[0]), "source_implicit": cue is None,
        "source_canonical": chain[-1], "source_type": "anonymous" if nameless else types.get(chain[-1], "person"),
        "source_anonymous": nameless, "source_descriptor": None, "chain": chain, "chain_note": None, "recipient": None,
        "medium": None, "quote_type": kind, "hedged": "hedged" in flags, "hedge": None,
        "modality": next(iter(flags & MODES), "asserted"), "stance": next(iter(flags & STANCES), "neutral"),
        "approximator": None, "statement_time": None, "refers_to": None, "findings": [], "note": None}
    if "opt" in flags: row["optional"] = True
    return row

def article(head, body, raws, lines_of, types, where):
    head, _, style = (x.strip() for x in head.partition("|"))
    raw, _, below = body.partition("\n--\n")
    number, file = int(head.split("-")[0]), head
    paragraphs = [copied(p, raws, where) for p in raw.strip("\n").split("\n")]
    raws[number] = [p for p in paragraphs if p.strip()]
    text, spans = unmarked(printed("\n".join(paragraphs), style, where), where)
    lines = {}
    for k in sorted(lines_of):  # what was copied keeps its description
        lines.update({(l, i + 100 * k): v for (l, i), v in lines_of[k].items() if ("c" if l == "" else l, i + 100 * k) in spans})
    for l in filter(str.strip, below.split("\n")):
        m = re.match(r"(n?)(\d+) (.+)$", l.strip())
        if not m: fail(where, f"bad line {l!r}")
        lines[m[1], int(m[2])] = m[3]
    lines_of[number] = lines
    rows, nots, evidence = [], [], {}
    for (kind, no), line in lines.items():
        if kind == "n":
            if ("n", no) not in spans: fail(where, f"n{no} is not marked")
            nots += [{"file": file, **piece(text, s), "why": line} for s in spans.pop(("n", no))]
        else: rows.append(statement(no, file, text, spans, line, types, where))
    for (letter, no), found in spans.items():
        if letter == "e": evidence[f"{number}.e{no}"] = (file, [piece(text, s) for s in found], None)
        else: fail(where, f"mark {letter}{no} is not described: {text[slice(*found[0])]!r}")
    rows.sort(key=lambda r: r["start"])
    for r in rows: evidence[f"{number}.{int(r['id'].split('-')[1])}"] = (file, r["content_spans"], r)
    return file, text, rows, sorted(nots, key=lambda n: n["start"]), evidence

def findings(block, evidence, where):
    out = []
    for part in re.split(r"\n(?=F\d)", "\n" + block.strip("\n")):
        if not part.strip(): continue
        head, *rest = part.strip().split("\n")
        id_, aspect, relation, title = [x.strip() for x in head.split("|")]
        row = {"id": id_, "title": title, "aspect": aspect, "relation": relation, "consensus": None,
            "independent_sources": None, "explain": None, "values": []}
        for l in filter(str.strip, rest):
            if l.startswith("consensus:"): row["consensus"] = l.split(":", 1)[1].strip()
            elif l.startswith("explain:"): row["explain"] = l.split(":", 1)[1].strip()
            elif l.startswith("sources:"):
                row["independent_sources"] = [s.strip() for s in l.split(":", 1)[1].split(";") if s.strip()]
            elif l.startswith("- "):
                refs, value, *more = [x.strip() for x in l[2:].split("|")]
                found = []
                for r in refs.split():
                    if r not in evidence: fail(where, f"{id_}: no {r}")
                    found.append(evidence[r])
                if len({f[0] for f in found}) != 1: fail(where, f"{id_}: one value, one article: {refs}")
                via = next((f[2]["chain"] for f in found if f[2]), "unattributed")
                for f in found:
                    if f[2] and id_ not in f[2]["findings"]: f[2]["findings"].append(id_)
                row["values"].append({"file": found[0][0], "value": value, "via": via,
                    "hedge": more[0] if more else None, "spans": [s for f in found for s in f[1]]})
            else: fail(where, f"bad line {l!r}")
        if not row["values"]: fail(where, f"{id_} has no values")
        out.append(row)
    return out

def story(path):
    where = str(path.parent.relative_to(HERE))
    head, *parts = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.M)
    types = {}
    for l in head.split("\n"):
        if l.startswith("types:"):
            for x in filter(str.strip, l[6:].split(";")):
                k, _, v = x.rpartition("="); types[k.strip()] = v.strip()
    raws, lines_of, evidence, files, rows, nots, found = {}, {}, {}, {}, [], [], []
    for part in parts:
        name, _, body = part.partition("\n")
        if name.strip() == "findings":
            found = findings(body, evidence, where); continue
        f, text, r, n, e = article(name.strip(), body, raws, lines_of, types, f"{where} {name.strip()}")
        files[f"articles/{f}"] = text; rows += r; nots += n; evidence.update(e)
    for name, data in (("statements", rows), ("statements_not", nots), ("findings", found)):
        files[f"{name}.jsonl"] = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in data)
    return files

def main():
    check, count = "--check" in sys.argv, [0] * 4
    for path in sorted(HERE.glob("*/*/*/story.md")):
        files = story(path)
        for name, text in files.items():
            to = path.parent / name
            if check:
                if not to.exists() or to.read_text(encoding="utf-8") != text: fail(to, "is not what story.md gives")
            else:
                to.parent.mkdir(exist_ok=True); to.write_text(text, encoding="utf-8", newline="")
        texts = [t for n, t in files.items() if n.startswith("articles/")]
        words = [len(t.split()) for t in texts]
        numbers = (len(texts), sum(words), files["statements.jsonl"].count("\n"), files["findings.jsonl"].count("\n"))
        count = [a + b for a, b in zip(count, numbers)]
        print(path.parent.relative_to(HERE), "articles", words, "statements", numbers[2], "findings", numbers[3])
    print("articles {}, words {}, statements {}, findings {}".format(*count))

if __name__ == "__main__":
    main()
