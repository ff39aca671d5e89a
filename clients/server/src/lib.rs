//! Yichuang.
