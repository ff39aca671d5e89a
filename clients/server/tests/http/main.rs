//! The server over requests, in process and as a program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failing test says where it failed")]

mod api;
mod case;
mod client;
mod drafts;
mod files;
mod filling;
mod kiosk;
mod offline;
mod pages;
mod program;
