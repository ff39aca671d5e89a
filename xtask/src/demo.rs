//! `cargo xtask demo`: builds everything and serves it on this machine.

use std::net::TcpListener;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::folders::Folders;
use crate::run::build_programs;
use crate::{site, wasm};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The port to serve on
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

pub(crate) fn run(folders: &Folders, options: Options) -> Result<ExitCode> {
    let Options { port } = options;
    check_free(port)?;
    wasm::build(folders)?;
    site::assemble(folders)?;
    let programs = build_programs(folders, &["-p", "yichuang-server", "--bins"])?;
    let server = programs.get("yichuang-server").context("cargo did not build the server")?;
    let mut command = Command::new(server);
    command
        .arg("--site")
        .arg(folders.site())
        .arg("--packs")
        .arg(folders.packs())
        .arg("--calendars")
        .arg(folders.calendars())
        .args(["--listen", &format!("127.0.0.1:{port}")]);
    println!("Starting the server for http://127.0.0.1:{port} (Ctrl-C ends it).");
    become_program(command)
}

fn check_free(port: u16) -> Result<()> {
    if TcpListener::bind(("127.0.0.1", port)).is_err() {
        bail!(
            "port {port} is in use by another program; end that one, or choose another port, for \
             instance `cargo xtask demo --port {}`",
            port.checked_add(1).unwrap_or(8081)
        );
    }
    Ok(())
}

/// Makes this process the server, so that ending it ends the server.
#[cfg(unix)]
fn become_program(mut command: Command) -> Result<ExitCode> {
    let error = std::os::unix::process::CommandExt::exec(&mut command);
    Err(error).context("the server cannot be started")
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<ExitCode> {
    let status = command.status().context("the server cannot be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_one_sentence() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let message = check_free(port).unwrap_err().to_string();
        assert!(message.starts_with(&format!("port {port} is in use by another program;")));
        // Port 0 is whichever is free; the one just given back may be taken by another program.
        assert!(check_free(0).is_ok());
    }
}
