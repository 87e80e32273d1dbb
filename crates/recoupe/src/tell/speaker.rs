//! In whose words a figure stands.

use std::collections::BTreeMap;

use crate::analyse::{Analysis, Statement};
use crate::article::Span;

/// Of each place of an article's figures that stands in a statement, the index of the innermost one: the shortest,
/// of equals the first.
///
/// One pass over figures and contents in the order of the text: an article of many thousand statements
/// costs its length, not its square.
pub(super) fn speakers(analysis: &Analysis) -> BTreeMap<Span, usize> {
    let whole = |s: &Statement| s.span().len();
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (i, statement) in analysis.statements.iter().enumerate() {
        contents.extend(statement.content.iter().map(|c| (*c, i)));
    }
    contents.sort_unstable();
    let mut figures: Vec<Span> = analysis.figures.iter().map(|f| f.span).collect();
    figures.sort_unstable();
    let (mut next, mut open): (usize, Vec<(Span, usize)>) = (0, Vec::new());
    let mut out = BTreeMap::new();
    for figure in figures {
        while let Some(content) = contents.get(next).filter(|c| c.0.start <= figure.start) {
            open.push(*content);
            next += 1;
        }
        open.retain(|(content, _)| content.end > figure.start);
        let within = open.iter().filter(|(content, _)| content.contains(figure));
        let inner = within.min_by_key(|(_, i)| (whole(&analysis.statements[*i]), *i));
        out.extend(inner.map(|(_, i)| (figure, *i)));
    }
    out
}
