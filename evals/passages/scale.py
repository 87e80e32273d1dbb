"""Time and memory of `recoupe passages` on simulated archives, beside MinHash LSH of datasketch.

    python3 evals/passages/scale.py RECOUPE FOLDER [JOBS] > evals/passages/scale.jsonl

FOLDER holds one folder a size, as `recoupe-dev simulate --articles N -o FOLDER/N` writes them. datasketch
(PyPI) is measured where it is installed: the pairs of articles its index gives (word 5-grams, 128
permutations, Jaccard 0.3), and how many of the pairs of articles that truly share words both find.
"""

import collections
import json
import math
import pathlib
import re
import resource
import subprocess
import sys
import time


def children():
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def recoupe(program, articles, jobs):
    """Seconds of wall and of processor, MB at the peak, pairs of articles."""
    wall, cpu = time.time(), children()
    command = ["/usr/bin/time", "-f", "%M", program, "--quiet", "--jobs", jobs, "passages", str(articles)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    pairs = set()
    for line in run.stdout:
        row = json.loads(line)
        pairs.add((row["a"]["article"], row["b"]["article"]))
    memory = int(run.stderr.read().split()[-1]) / 1024
    run.wait()
    return time.time() - wall, children() - cpu, memory, pairs


def minhash(articles):
    from datasketch import MinHash, MinHashLSH

    wall, cpu = time.time(), time.process_time()
    index, pairs = MinHashLSH(threshold=0.3, num_perm=128), set()
    for line in open(articles, encoding="utf-8"):
        row = json.loads(line)
        words = re.findall(r"\w+", row["text"].lower())
        sketch = MinHash(num_perm=128)
        sketch.update_batch({" ".join(words[i : i + 5]).encode() for i in range(len(words) - 4)})
        pairs.update((other, row["id"]) for other in index.query(sketch))
        index.insert(row["id"], sketch)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.time() - wall, time.process_time() - cpu, memory, pairs


def truth(folder):
    """Pairs of articles of which one has a sentence of the other, or both of one dispatch."""
    holders = collections.defaultdict(set)
    for line in open(folder / "truth.jsonl", encoding="utf-8"):
        row = json.loads(line)
        for part in row["parts"]:
            holders[row["story"], part["origin"]].add(row["id"])
    return {(a, b) for h in holders.values() for a in h for b in h if a != b}


def main():
    program, folder, jobs = sys.argv[1], pathlib.Path(sys.argv[2]), (sys.argv[3:] or ["2"])[0]
    last = None
    for sized in sorted((p for p in folder.iterdir() if p.name.isdigit()), key=lambda p: int(p.name)):
        articles, true, size = sized / "articles.jsonl", truth(sized), int(sized.name)
        tools = {"recoupe": lambda: recoupe(program, articles, jobs)}
        if size <= 10_000:
            tools["datasketch"] = lambda: minhash(articles)
        for tool, measure in tools.items():
            try:
                wall, cpu, memory, pairs = measure()
            except ImportError:
                continue
            right = sum(pair in true for pair in pairs)
            row = {"tool": tool, "articles": size, "seconds": round(wall, 1), "cpu_seconds": round(cpu, 1),
                   "megabytes": round(memory), "pairs": len(pairs), "of_one_origin": right}
            if tool == "recoupe":
                if last:
                    row["exponent"] = round(math.log(cpu / last[1]) / math.log(size / last[0]), 2)
                last = (size, cpu)
            print(json.dumps(row), flush=True)


main()
