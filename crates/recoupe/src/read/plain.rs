//! Plain text: the whole file is the text of one article, named by its file.

use crate::article::{Article, Warned};

/// The article of a plain text.
pub(super) fn read(name: &str, text: &str) -> Warned<Vec<Article>> {
    let blocks = super::marks::mark(text);
    let id = super::file_name(name).to_owned();
    let article = Article { id, text: text.to_owned(), blocks, ..Article::default() };
    Warned { value: vec![article], warnings: Vec::new() }
}
