//! `dossier.md`: the report as text to paste into a document, in the page's reading order.

use std::fmt::Write;

use crate::check::{BriefSentence, Finding, Support};
use crate::lang::labels::{StatusWords, term};
use crate::reuse::Locus;

use super::csv::content;
use super::view::{View, inset, letter};

/// The report. Articles' words are escaped: they cannot become markup.
pub fn report(view: &View) -> String {
    let mut out = String::new();
    head(view, &mut out);
    brief(view, &mut out);
    for status in view.labels.statuses {
        findings(view, status, &mut out);
    }
    states(view, &mut out);
    timeline(view, &mut out);
    figures(view, &mut out);
    voices(view, &mut out);
    silences(view, &mut out);
    articles(view, &mut out);
    warnings(view, &mut out);
    out
}

macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($arg:tt)*) => {{
        // Writing to a String cannot fail.
        let _ = writeln!($out, $($arg)*);
    }};
}

fn head(view: &View, out: &mut String) {
    let (l, counters) = (view.labels, view.counters());
    let title = match view.dossier.stories.as_slice() {
        [story] => escaped(&story.title),
        stories => l.count(l.page.stories, stories.len()),
    };
    line!(out, "# {title}\n");
    let parts = [
        l.count(l.page.articles, counters.articles),
        l.count(l.page.distinct, counters.distinct),
        l.count(l.page.origins, counters.origins),
        l.count(l.page.findings, view.dossier.findings.len()),
    ];
    line!(out, "{}\n", parts.join(" → "));
    let told = |story| view.accounts(story).into_iter().chain(view.revisions(story));
    let told = |story| told(story).map(|t| escaped(&t)).collect::<Vec<_>>().join(" ");
    if let [story] = view.dossier.stories.as_slice() {
        line!(out, "{}\n", told(story));
        return;
    }
    for story in &view.dossier.stories {
        let days = view.interval(story.span);
        let (id, title) = (escaped(&story.id), escaped(&story.title));
        line!(out, "- {id} — {title} ({days}). {}", told(story));
    }
    line!(out);
}

/// Disputed points that the brief lists.
pub(super) const POINTS: usize = 8;

fn brief(view: &View, out: &mut String) {
    if view.dossier.brief.is_empty() {
        return;
    }
    line!(out, "## {}\n", view.labels.page.brief);
    for sentence in &view.dossier.brief {
        let cites: Vec<String> = sentence.cites.iter().map(|at| cite(view, *at)).collect();
        let disputed: String = open(view, sentence).map(|f| format!(" [{}]", f.id)).collect();
        let mark = match disputed.is_empty() {
            true => String::new(),
            false => format!(" — **{}**{disputed}", view.labels.status("disputed").short),
        };
        line!(out, "- {} {}{mark}", quoted(view, sentence.text), cites.join(" "));
    }
    let (disputes, short) = (view.disputes(), view.labels.status("disputed").short);
    for (finding, versions) in disputes.iter().take(POINTS) {
        let id = escaped(&view.dossier.findings[*finding].id);
        line!(out, "- **{short}** [{id}]{}{}", view.labels.colon, escaped(versions));
    }
    if disputes.len() > POINTS {
        line!(out, "- {}", view.labels.count(view.labels.page.more, disputes.len() - POINTS));
    }
    line!(out);
}

/// The disputed findings that a sentence of the brief tells a version of.
fn open<'a>(view: &'a View, sentence: &'a BriefSentence) -> impl Iterator<Item = &'a Finding> {
    sentence.disputed.iter().filter_map(|i| view.dossier.findings.get(*i as usize))
}

fn findings(view: &View, status: &StatusWords, out: &mut String) {
    let list: Vec<&Finding> =
        view.dossier.findings.iter().filter(|f| f.status.name() == status.name).collect();
    if list.is_empty() {
        return;
    }
    line!(out, "## {} ({})\n\n{}\n", status.title, list.len(), status.about);
    for finding in list {
        card(view, finding, out);
    }
}

fn card(view: &View, finding: &Finding, out: &mut String) {
    let kind = term(view.labels.kinds, finding.kind.name());
    let dated = finding.time.earliest.is_some() || finding.time.latest.is_some();
    let when =
        if dated { format!(" — {}", view.when(finding, finding.time)) } else { String::new() };
    line!(out, "### {} · {kind}{when}\n", escaped(&finding.id));
    line!(out, "> {} {}\n", quoted(view, finding.text), cite(view, finding.text));
    let mut reasons: Vec<String> = view.reasons(finding).iter().map(|r| escaped(r)).collect();
    reasons.extend(view.differs(finding).map(|differs| format!("{differs}.")));
    if !reasons.is_empty() {
        line!(out, "{}\n", reasons.join(" "));
    }
    for (i, value) in finding.values.iter().enumerate() {
        if finding.values.len() > 1 {
            line!(out, "- **{}.** {}", letter(i), quoted(view, value.words));
            value.supports.iter().for_each(|s| line!(out, "  - {}", support(view, s)));
        } else {
            value.supports.iter().for_each(|s| line!(out, "- {}", support(view, s)));
        }
    }
    line!(out);
}

fn support(view: &View, s: &Support) -> String {
    let page = &view.labels.page;
    let mut parts = Vec::new();
    parts.extend(view.chain(s).map(|c| format!("{} {}", page.according_to, escaped(&c))));
    parts.extend(view.other_origin(s).map(|origin| escaped(&origin)));
    if parts.is_empty() {
        parts.push(page.own_voice.to_string());
    }
    if s.denied {
        parts.push(page.denied.to_string());
    }
    if s.hedged {
        parts.push(page.hedged.to_string());
    }
    if let Some(family) = s.copied_in.and_then(|i| view.dossier.families.get(i as usize)) {
        parts.push(page.copied.replace("{id}", &escaped(&family.id)));
    }
    let name = escaped(view.name(s.place.article));
    format!("{name}, {} {} {}", parts.join(", "), quoted(view, s.place), cite(view, s.place))
}

fn timeline(view: &View, out: &mut String) {
    if view.dossier.timeline.is_empty() {
        return;
    }
    line!(out, "## {}\n", view.labels.page.timeline);
    for entry in &view.dossier.timeline {
        let when = match view.dossier.findings.get(entry.finding as usize) {
            Some(finding) => view.when(finding, entry.interval),
            None => view.interval(entry.interval),
        };
        let finding = view.dossier.findings.get(entry.finding as usize);
        let denied = finding.is_some_and(Finding::is_denied);
        let mark = if denied {
            format!(" — **{}**", view.labels.page.event_denied)
        } else {
            String::new()
        };
        line!(out, "- **{when}** — {} {}{mark}", quoted(view, entry.text), cite(view, entry.text));
    }
    line!(out);
}

fn states(view: &View, out: &mut String) {
    let page = &view.labels.page;
    if view.dossier.states.is_empty() {
        return;
    }
    line!(out, "## {}\n\n{}\n", page.states, page.states_about);
    let heads = page.state_heads;
    line!(out, "| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len()));
    for state in &view.dossier.states {
        let cites: Vec<String> = state.supports.iter().map(|s| cite(view, s.place)).collect();
        let cells = [
            escaped(&view.named(&state.what)),
            escaped(&view.named(&state.who)),
            term(page.state_changes, state.change.name()).to_string(),
            view.interval(state.time),
            escaped(&view.standing(state)),
            cites.join(" "),
        ];
        line!(out, "| {} |", cells.join(" | "));
    }
    line!(out);
}

fn figures(view: &View, out: &mut String) {
    let (l, page) = (view.labels, &view.labels.page);
    if view.dossier.analyses.iter().all(|a| a.figures.is_empty()) {
        return;
    }
    line!(out, "## {}\n", page.figures);
    let head = [page.in_print, page.range, page.unit, page.counts, page.source, page.article];
    line!(out, "| {} |\n|{}", head.join(" | "), " --- |".repeat(head.len()));
    for (i, analysis) in view.dossier.analyses.iter().enumerate() {
        let article = i as u32;
        for f in &analysis.figures {
            let at = Locus { article, span: f.span };
            let counts = f.counts.map(|span| view.words(Locus { article, span }));
            let source = view.speaker(article, f).map(|s| s.source_canonical().to_string());
            let cells = [
                format!("{} {}", l.quoted(&escaped(&view.words(at))), cite(view, at)),
                view.range(f),
                view.unit(f),
                escaped(&counts.unwrap_or_default()),
                escaped(&source.unwrap_or_default()),
                escaped(view.name(article)),
            ];
            line!(out, "| {} |", cells.join(" | "));
        }
    }
    line!(out);
}

fn voices(view: &View, out: &mut String) {
    let (l, page) = (view.labels, &view.labels.page);
    let voices = super::view::by_source(view);
    if voices.is_empty() {
        return;
    }
    line!(out, "## {}\n", page.voices);
    for voice in voices {
        line!(out, "### {}\n", escaped(voice.name));
        for (article, s) in voice.statements {
            let at = Locus { article, span: s.span() };
            let words = l.quoted(&escaped(&content(view, article, s)));
            let how = term(l.quotes, s.quote.name());
            line!(
                out,
                "- {}, {how}{}{words} {}",
                escaped(view.name(article)),
                l.colon,
                cite(view, at)
            );
        }
        line!(out);
    }
}

fn silences(view: &View, out: &mut String) {
    let (l, page) = (view.labels, &view.labels.page);
    let silences = super::view::silences(view);
    if silences.is_empty() {
        return;
    }
    line!(out, "## {}\n\n{}\n", page.silences, page.silences_about);
    for (article, s) in silences {
        let at = Locus { article, span: s.span };
        line!(
            out,
            "- {}, {}{}{} {}",
            escaped(s.source_canonical()),
            term(page.silence_kinds, s.kind.name()),
            l.colon,
            l.quoted(&escaped(&view.words(at))),
            cite(view, at)
        );
    }
    line!(out);
}

fn articles(view: &View, out: &mut String) {
    let (l, page) = (view.labels, &view.labels.page);
    line!(out, "## {}\n", page.articles_title);
    for (i, article) in view.dossier.articles.iter().enumerate() {
        let published = &view.dossier.analyses[i].published;
        let date =
            published.date.map_or(page_unknown(view), |d| super::view::day_words(&l.dates, d));
        let mut why = view.date_evidence(i as u32);
        if published.date.is_some() && !published.given {
            why.insert(0, page.date_inferred.to_string());
        }
        let why = if why.is_empty() {
            String::new()
        } else {
            format!(" ({})", escaped(&why.join(" · ")))
        };
        let share = view.dossier.copied_share.get(i).copied().unwrap_or(0.0);
        let share = l.percent.replace("{n}", &l.number((share * 100.0).round()));
        let name = view.name(i as u32);
        let id = if name.contains(&article.id) {
            String::new()
        } else {
            format!(" · {}", escaped(&article.id))
        };
        let title = article.title.as_deref().map(|t| format!(", {}", l.quoted(&escaped(t))));
        line!(
            out,
            "- **{}**{id}{} — {date}{why} — {}{}{share}",
            escaped(name),
            title.unwrap_or_default(),
            page.copied_share,
            l.colon,
        );
        shared(view, i, out);
    }
    line!(out);
}

/// With whom an article shares its words, and how many of its sentences stand nowhere else.
fn shared(view: &View, i: usize, out: &mut String) {
    const WITH: usize = 12;
    let (l, page) = (view.labels, &view.labels.page);
    let Some(likeness) = view.likenesses().articles.get(i).filter(|x| !x.with.is_empty()) else {
        return;
    };
    let own = likeness.sentences.iter().filter(|s| s.copied == 0).count();
    let all = l.number(likeness.sentences.len() as f64);
    let own = match likeness.sentences.len() {
        0 => String::new(),
        _ => format!(" {}", l.count(page.own_sentences, own).replace("{all}", &all)),
    };
    let names: Vec<String> = likeness
        .with
        .iter()
        .take(WITH)
        .map(|s| {
            let share = l.percent.replace("{n}", &l.number((s.share * 100.0).round()));
            format!("{} ({share})", escaped(view.name(s.article)))
        })
        .collect();
    let more = likeness.with.len().saturating_sub(WITH);
    let more = if more > 0 { format!(" {}", l.count(page.more, more)) } else { String::new() };
    line!(out, "  - {}{}{}{more}.{own}", page.shared_with, l.colon, names.join(", "));
}

fn page_unknown(view: &View) -> String {
    view.labels.dates.unknown.to_string()
}

fn warnings(view: &View, out: &mut String) {
    let list = &view.dossier.warnings;
    if list.is_empty() {
        return;
    }
    line!(out, "## {}\n", view.labels.count(view.labels.page.warnings, list.len()));
    for warning in list {
        line!(out, "- {}", escaped(&warning.to_string()));
    }
}

fn quoted(view: &View, at: Locus) -> String {
    view.labels.quoted(&escaped(&view.words(at)))
}

fn cite(view: &View, at: Locus) -> String {
    let (start, end) = view.offsets(at);
    format!("[{}:{start}-{end}]", escaped(view.id(at.article)))
}

/// Text that means itself in Markdown, on one line: a backslash before a punctuation mark is
/// the mark itself (CommonMark 2.4), and what HTML reads is written as entities. Marks that
/// only matter at the start of a line are left alone: escaped text never begins one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = inset(text);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // Before anything but a bracket it is a mark of punctuation: no image begins.
            '!' if chars.peek() != Some(&'[') => out.push(c),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
