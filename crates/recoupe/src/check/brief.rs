//! The brief: verbatim sentences that tell what most independent origins agree on.

use super::{BriefSentence, Finding, Status};
use crate::analyse::Analysis;
use crate::article::Article;
use crate::reuse::Locus;

/// At most `limit` words of whole sentences: one for each of the leading findings that are not
/// garbled or disputed, none twice. Words are runs between spaces.
///
/// Every sentence cites itself and then the findings' other supports.
pub fn brief(
    articles: &[Article],
    analyses: &[Analysis],
    findings: &[Finding],
    limit: usize,
) -> Vec<BriefSentence> {
    let mut out: Vec<BriefSentence> = Vec::new();
    let mut left = limit;
    for finding in findings.iter().filter(|f| is_plain(f)) {
        let Some(text) = sentence(analyses, finding.text) else { continue };
        let words = text.span.of(&articles[text.article as usize].text).split_whitespace().count();
        let told = out.iter().any(|s| s.text == text || s.cites.contains(&finding.text));
        if told || words > left || words < 6 {
            continue;
        }
        left -= words;
        let others = finding.values.iter().flat_map(|v| &v.supports).map(|s| s.place);
        let cites =
            std::iter::once(text).chain(others.filter(|p| p.article != text.article)).collect();
        out.push(BriefSentence { text, cites });
    }
    out
}

fn is_plain(finding: &Finding) -> bool {
    let settled = !matches!(finding.status, Status::Unreadable | Status::Disputed);
    settled && (finding.articles > 1 || finding.status == Status::Corroborated)
}

/// The sentence that holds a clause.
fn sentence(analyses: &[Analysis], at: Locus) -> Option<Locus> {
    let sentences = &analyses[at.article as usize].sentences;
    let found = sentences.iter().find(|s| s.span.contains(at.span))?;
    Some(Locus { article: at.article, span: found.span })
}
