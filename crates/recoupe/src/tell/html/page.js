// The page can be read without this: it adds the filter, the side-by-side view, what others say
// beside a claim, copying with citations, the order of the timeline, the theme, and lights the
// words that a link cites. It reads the page's own elements and asks nothing of a network.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const root = document.documentElement;

  all(".js").forEach((e) => { e.hidden = false; });

  // Theme: the system's until the button is used; then kept, where the browser allows it.
  const theme = one(".theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const showTheme = () => theme.setAttribute("aria-pressed", String(dark()));
  const remembered = () => { try { return localStorage.getItem("recoupe-theme"); } catch { return null; } };
  if (["dark", "light"].includes(remembered())) root.dataset.theme = remembered();
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("recoupe-theme", root.dataset.theme); } catch { /* a private window */ }
    showTheme();
  });
  system.addEventListener("change", showTheme);
  showTheme();

  // Filter.
  const form = one(".filter");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const cards = all(".card").map((element) => ({ element, data: element.dataset, text: null }));
  const rows = all("[data-of]");
  const words = (card) => (card.text ??= plain(card.element.textContent));
  const value = (id) => one(id, form)?.value ?? "";
  const has = (list, one) => list.split(" ").includes(one);
  // A day is within an interval also where one of its ends is open; not where both are unknown.
  const within = ({ from, to }, day) => (from || to) && (!from || from <= day) && (!to || day <= to);
  const ownWords = (card) => one(".supports li:not([data-again])", card) !== null;
  const filter = () => {
    const asked = plain(value("#filter-text")).split(/\s+/).filter(Boolean);
    const article = value("#filter-article");
    const story = value("#filter-story");
    const source = value("#filter-source");
    const entity = value("#filter-entity");
    const day = value("#filter-day");
    const copies = value("#filter-copies") || "all";
    root.dataset.copies = copies;
    const statuses = new Set(all("[name=status]:checked", form).map((box) => box.value));
    const everything = ![article, story, source, entity, day, ...asked].some(Boolean) && copies !== "none"
      && statuses.size === all("[name=status]", form).length;
    let shown = 0;
    for (const card of cards) {
      const { data } = card;
      const keep = statuses.has(data.status) && (!story || data.story === story)
        && (!article || has(data.articles, article)) && (!source || has(data.sources, source))
        && (!entity || has(data.entities, entity)) && (!day || within(data, day))
        && (copies !== "none" || ownWords(card.element))
        && asked.every((word) => words(card).includes(word));
      card.element.hidden = !keep;
      shown += keep;
    }
    for (const group of all(".group")) {
      const left = all(".card:not([hidden])", group).length;
      group.hidden = !everything && left === 0;
      const more = one(":scope > .more", group);
      if (more) {
        const inside = all(".card:not([hidden])", more).length;
        more.hidden = inside === 0;
        if (!everything && inside && inside <= 200) more.open = true;
      }
    }
    const singular = shown === 1 || (shown === 0 && form.dataset.zero === "one");
    const phrase = singular ? form.dataset.one : form.dataset.other;
    const said = phrase.replace("{n}", shown.toLocaleString(root.lang));
    one("#filter-result").textContent = said;
    // The same findings in the matrix and in the timeline.
    const gone = new Set(cards.filter(({ element }) => element.hidden).map(({ element }) => element.id));
    for (const row of rows) row.hidden = gone.has(row.dataset.of);
    for (const note of all(".filtered")) {
      note.hidden = shown === cards.length;
      one("output", note).textContent = said;
    }
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();

  // Side by side.
  const docs = one(".docs");
  const choose = one(".choose");
  const doc = (n) => document.getElementById("a" + n);
  const chosen = () => all("[name=show]:checked", choose).map((box) => box.value);
  const arrange = () => {
    const shown = new Set(chosen());
    for (const element of all(".doc", docs)) {
      element.hidden = !shown.has(element.dataset.n);
      if (!element.hidden) one("details", element).open = true;
    }
  };
  const show = (n) => {
    const box = all("[name=show]", choose).find((b) => b.value === String(n));
    if (box && !box.checked) { box.checked = true; arrange(); }
  };
  // Two to begin with: the pair that the most passages join, else the first two.
  const firstPair = () => {
    const boxes = all("[name=show]", choose);
    const joined = new Map();
    for (const chip of all(".chip", docs)) {
      const key = [chip.closest(".doc").dataset.n, chip.dataset.to].sort((a, b) => a - b).join(" ");
      joined.set(key, (joined.get(key) ?? 0) + 1);
    }
    const best = [...joined].sort((a, b) => b[1] - a[1])[0];
    const pair = best ? best[0].split(" ") : boxes.slice(0, 2).map((box) => box.value);
    boxes.forEach((box) => { box.checked = pair.includes(box.value); });
  };
  docs.classList.add("compare");
  all(".doc", docs).forEach((element) => { element.tabIndex = 0; });
  firstPair();
  arrange();
  choose.addEventListener("change", arrange);
  choose.addEventListener("submit", (event) => event.preventDefault());

  // A copied passage shows its copies in the other articles on view.
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const smooth = () => (still.matches ? "auto" : "smooth");
  const light = (family, from) => {
    all(".lit").forEach((e) => e.classList.remove("lit"));
    all(`.copy[data-f="${family}"]`, docs).forEach((e) => e.classList.add("lit"));
    const height = from.getBoundingClientRect().top - from.closest(".doc").getBoundingClientRect().top;
    for (const pane of all(".doc:not([hidden])", docs)) {
      const copy = pane.contains(from) ? null : one(`.copy[data-f="${family}"]`, pane);
      if (copy) {
        const top = copy.getBoundingClientRect().top - pane.getBoundingClientRect().top;
        pane.scrollBy({ top: top - height, behavior: smooth() });
      }
    }
  };
  docs.addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (chip) show(chip.dataset.to);
    if (event.target.closest(".claim")) return;
    const copy = event.target.closest(".copy, .chip");
    if (copy) light(copy.dataset.f, copy);
  });

  // A link to words: show the article, and light just those words.
  const textNodes = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };
  // Offsets count code points; a text node counts UTF-16 units.
  const range = (text, start, end) => {
    const out = document.createRange();
    let at = 0;
    let begun = false;
    for (const node of textNodes(text)) {
      const points = [...node.data];
      const unit = (n) => points.slice(0, n).join("").length;
      if (!begun && start < at + points.length) { out.setStart(node, unit(start - at)); begun = true; }
      if (begun && end <= at + points.length) { out.setEnd(node, unit(end - at)); return out; }
      at += points.length;
    }
    return null;
  };
  const reveal = (element) => {
    for (let e = element; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  };
  // The element of an address. A finding whose heading has changed since is found by the words of
  // its supports.
  const named = (id) => document.getElementById(id)
    ?? (/^f-[0-9a-f]{10}(-\d+)?$/.test(id) ? one(`.card[data-keys~="${id.slice(0, 12)}"]`) : null);
  const asked = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };
  const arrive = () => {
    const id = asked();
    const target = id && named(id);
    if (!target) return;
    hidePeek();
    const sim = target.closest(".sim");
    if (sim) look(sim.dataset.n);
    const inside = target.closest(".doc");
    if (inside) show(inside.dataset.n);
    if (target.hidden || target.closest(".group[hidden]")) { form.reset(); filter(); }
    reveal(target);
    const cited = /^w(\d+)-(\d+)-(\d+)$/.exec(id);
    if (cited) {
      const text = one(".text", doc(cited[1]));
      const words = range(text, Number(cited[2]), Number(cited[3]));
      if (words && window.Highlight && CSS.highlights) CSS.highlights.set("cited", new Highlight(words));
      inside.focus({ preventScroll: true });
    }
    const chip = target.classList.contains("chip") ? target : null;
    if (chip) { chip.focus({ preventScroll: true }); light(chip.dataset.f, chip); }
    if (!inside || target === inside) {
      target.scrollIntoView({ block: "start" });
      return;
    }
    // First the pane into the window, then the words into the middle of the pane.
    inside.scrollIntoView({ block: inside.offsetHeight > innerHeight ? "start" : "center" });
    const middle = target.getBoundingClientRect().top - inside.getBoundingClientRect().top;
    inside.scrollBy({ top: middle - inside.clientHeight / 2 });
  };
  // What is copied: one article at a time, the one that shares most to begin with.
  const pick = one("#pick-article");
  const look = (n) => {
    if (pick) pick.value = n;
    for (const element of all(".sim")) {
      element.hidden = element.dataset.n !== n;
      if (!element.hidden) element.open = true;
    }
  };
  pick?.addEventListener("change", () => look(pick.value));
  if (pick) {
    const share = (option) => parseInt(/(\d+)\D*$/.exec(option.textContent)?.[1] ?? 0, 10);
    const most = [...pick.options].sort((a, b) => share(b) - share(a))[0];
    if (most) look(most.value);
  }
  one("#likeness").addEventListener("click", (event) => {
    const link = event.target.closest("[data-beside]");
    if (!link) return;
    const pair = [link.hash.slice(2), link.dataset.beside];
    all("[name=show]", choose).forEach((box) => { box.checked = pair.includes(box.value); });
    arrange();
  });

  // What the other articles say of a claim, on hover and on focus; Escape hides it.
  const peek = document.createElement("div");
  peek.className = "peek";
  peek.id = "peek";
  peek.setAttribute("role", "tooltip");
  peek.hidden = true;
  document.body.append(peek);
  let peeked = null;
  let closing = 0;
  const hidePeek = () => {
    clearTimeout(closing);
    peek.hidden = true;
    peeked?.removeAttribute("aria-describedby");
    peeked = null;
  };
  const line = (...parts) => {
    const p = document.createElement("p");
    p.append(...parts);
    return p;
  };
  const copyOf = (element) => {
    const copy = element.cloneNode(true);
    copy.removeAttribute("id");
    return copy;
  };
  const articleOf = (support) => /^#w(\d+)-/.exec(one(".see", support)?.hash ?? "")?.[1];
  const fillPeek = (card, n) => {
    peek.replaceChildren();
    peek.append(line(copyOf(one(".st", card)), " ", ...all(".why, .differs", card).map((e) => e.textContent + " ")));
    const elsewhere = [];
    for (const version of all(".version", card)) {
      const others = all(".supports li", version).filter((s) => articleOf(s) !== n);
      if (!others.length) continue;
      const quote = one(".value .q", version) ?? one("h4 .q", card);
      const letter = one(".letter [aria-hidden]", version)?.textContent;
      const names = [...new Set(others.map((s) => one(".see", s).textContent))];
      elsewhere.push(line(...(letter ? [letter + ". "] : []), copyOf(quote), names.join(", ")));
    }
    if (elsewhere.length) {
      const head = document.createElement("b");
      head.textContent = docs.dataset.elsewhere;
      peek.append(line(head), ...elsewhere.slice(0, 6));
    }
  };
  const showPeek = (claim) => {
    clearTimeout(closing);
    if (claim === peeked) return;
    const card = named(claim.hash.slice(1));
    if (!card) return;
    hidePeek();
    peeked = claim;
    // The browser's own hint would lie over it.
    if (claim.title) { claim.setAttribute("aria-label", `${claim.textContent} (${claim.title})`); claim.removeAttribute("title"); }
    fillPeek(card, claim.closest(".doc").dataset.n);
    peek.hidden = false;
    claim.setAttribute("aria-describedby", "peek");
    const at = claim.getClientRects()[0] ?? claim.getBoundingClientRect();
    const below = at.bottom + peek.offsetHeight + 8 < innerHeight || at.top < peek.offsetHeight + 8;
    const left = Math.max(8, Math.min(at.left, root.clientWidth - peek.offsetWidth - 8));
    peek.style.left = `${left + scrollX}px`;
    peek.style.top = `${(below ? at.bottom + 6 : at.top - peek.offsetHeight - 6) + scrollY}px`;
  };
  const later = () => { clearTimeout(closing); closing = setTimeout(hidePeek, 250); };
  docs.addEventListener("mouseover", (event) => {
    const claim = event.target.closest(".claim");
    if (claim) showPeek(claim);
  });
  docs.addEventListener("mouseout", (event) => { if (event.target.closest(".claim")) later(); });
  docs.addEventListener("focusin", (event) => {
    const claim = event.target.closest(".claim");
    if (claim?.matches(":focus-visible")) showPeek(claim);
  });
  docs.addEventListener("focusout", hidePeek);
  peek.addEventListener("mouseenter", () => clearTimeout(closing));
  peek.addEventListener("mouseleave", later);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hidePeek(); });

  // Copy a finding with its citations, or its address.
  const flat = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const address = (card) => `${location.href.split("#")[0]}#${card.id}`;
  const spot = (support) => {
    const [, n, from, to] = /^#w(\d+)-(\d+)-(\d+)$/.exec(one(".see", support)?.hash ?? "") ?? [];
    return n ? `[${doc(n).dataset.id}:${from}-${to}]` : "";
  };
  const citation = (card) => {
    const lines = [flat(one("h4", card)), [flat(one(".st", card)), ...all(".why, .differs", card).map(flat)].join(" — ")];
    for (const version of all(".version", card)) {
      const letter = one(".letter [aria-hidden]", version)?.textContent;
      const value = one(".value .q", version);
      if (value) lines.push(`${letter ? letter + ". " : ""}${flat(value)}`);
      for (const support of all(".supports li", version)) {
        const n = articleOf(support);
        const url = n && doc(n).dataset.url;
        lines.push(["-", flat(support), spot(support), url].filter(Boolean).join(" "));
      }
    }
    lines.push(address(card));
    return lines.join("\n");
  };
  const copied = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
  };
  const tell = (tools, text, done) => {
    all(".said, .byhand", tools).forEach((e) => e.remove());
    if (done) {
      const said = document.createElement("span");
      said.className = "said";
      said.setAttribute("role", "status");
      tools.append(said);
      said.textContent = form.dataset.copied;
      return;
    }
    const label = document.createElement("label");
    label.className = "byhand";
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.value = text;
    label.append(form.dataset.byhand, area);
    tools.append(label);
    area.focus();
    area.select();
  };
  one("#findings").addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const card = button.closest(".card");
    const text = button.dataset.copy === "link" ? address(card) : citation(card);
    tell(button.parentElement, text, await copied(text));
  });

  // Who held which place at the end of a day.
  all(".nojs").forEach((e) => { e.hidden = true; });
  one("#held-day")?.addEventListener("change", ({ target }) => {
    for (const dot of all("[data-held]")) {
      const mark = dot.dataset.held.split(" ")[target.value] ?? "-";
      dot.dataset.h = mark.replace("?", "");
      dot.toggleAttribute("data-claimed", mark.endsWith("?"));
    }
  });

  // The order of the timeline: by day as printed, or most origins first.
  one("#timeline-order")?.addEventListener("change", ({ target }) => {
    const lists = new Map();
    for (const list of all("#timeline ol.times")) {
      if (list.closest(".pub")) continue;
      const owner = list.closest("[data-times]");
      lists.set(owner, [...(lists.get(owner) ?? []), list]);
    }
    for (const group of lists.values()) {
      const items = group.flatMap((list) => [...list.children]);
      items.forEach((item, i) => { item.dataset.place ??= i; });
      const by = (item) => (target.value === "origins" ? [-item.dataset.origins, -item.dataset.articles] : [0, 0]);
      items.sort((a, b) => by(a)[0] - by(b)[0] || by(a)[1] - by(b)[1] || a.dataset.place - b.dataset.place);
      const sizes = group.map((list) => list.children.length);
      group.forEach((list, i) => list.append(...items.splice(0, sizes[i])));
    }
  });

  addEventListener("hashchange", arrive);
  // A link to where the address is already changes no hash.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) setTimeout(arrive);
  });
  if (location.hash) arrive();

  // Where the reader is, in the menu.
  const links = new Map(all(".menu a").map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      links.forEach((a) => a.removeAttribute("aria-current"));
      links.get(target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  all("main > section").forEach((section) => seen.observe(section));

  // Print all that is folded, then fold it again.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    folded.forEach((e) => { e.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((e) => { e.open = false; }));
})();
