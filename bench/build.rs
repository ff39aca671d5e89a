//! Writes the straight-line functions of the workloads.
#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "a generator that fails stops the build")]
#![allow(dead_code, unused_imports, unreachable_pub, reason = "the library uses more of the workloads")]

use std::path::Path;

#[path = "src/workload/mod.rs"]
mod workload;

use workload::{SHAPES, Workload, module};

fn main() {
    println!("cargo:rerun-if-changed=src/workload");
    let folder = std::env::var_os("OUT_DIR").expect("cargo names a folder");
    let text: String = SHAPES.iter().map(|shape| module(&Workload::draw(*shape))).collect();
    std::fs::write(Path::new(&folder).join("straight.rs"), text).expect("the folder can be written");
}
