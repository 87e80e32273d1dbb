//! Bytes in any accepted format to articles.
