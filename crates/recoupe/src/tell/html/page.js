// The page can be read without this: it adds the filter, the side-by-side view, the theme, and
// lights the words that a link cites. It reads the page's own elements and asks nothing of a network.
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
  const words = (card) => (card.text ??= plain(card.element.textContent));
  const value = (id) => one(id, form)?.value ?? "";
  const filter = () => {
    const asked = plain(value("#filter-text")).split(/\s+/).filter(Boolean);
    const article = value("#filter-article");
    const story = value("#filter-story");
    const statuses = new Set(all("[name=status]:checked", form).map((box) => box.value));
    const everything = !asked.length && !article && !story && statuses.size === all("[name=status]", form).length;
    let shown = 0;
    for (const card of cards) {
      const { data } = card;
      const keep = statuses.has(data.status) && (!story || data.story === story)
        && (!article || data.articles.split(" ").includes(article))
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
    one("#filter-result").textContent = phrase.replace("{n}", shown.toLocaleString(root.lang));
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
  const arrive = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
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
  addEventListener("hashchange", arrive);
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
