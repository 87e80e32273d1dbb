//! recoupe reads reports of the same events and tells what independent origins agree on.
//!
//! The code follows the data, and a module imports only modules above it in this list:
//!
//! 1. [`read`]: bytes in any accepted format to [`article::Article`]s and warnings.
//! 2. [`analyse`]: one article to its [`analyse::Analysis`]: language, sentences, tokens,
//!    names, times, statements, figures.
//! 3. [`reuse`]: articles to copied passages, their families and their origin.
//! 4. [`story`]: analysed articles to stories; names and dates resolved across a story.
//! 5. [`check`]: one story to findings: values, supports, origins, status; timeline; brief.
//! 6. [`tell`]: a dossier to HTML, Markdown, JSON, GeoJSON, CSV and the rest.
//!
//! [`article`] (text and spans), [`ud`] (Universal Dependencies' inventory), [`model`] (the
//! container of trained models), [`lang`] (language packs) and [`knowledge`] (facts of the
//! world, as data) lie beneath all stages.
//!
//! The engine is pure: no async, no network, no clock, no database. The same bytes in give
//! the same bytes out, whatever the number of threads.

pub mod article;

pub mod ud;

pub mod model;

pub mod lang;

pub mod knowledge;

pub mod read;

pub mod analyse;

pub mod reuse;

pub mod story;

pub mod check;

pub mod tell;

pub mod pipeline;
