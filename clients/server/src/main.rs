//! `yichuang-server`: reads the packs, prints its address, serves until it is told to stop.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use clap::Parser;
use tokio::net::TcpListener;
use tokio::time::sleep;
use yichuang_engine::Date;
use yichuang_server::{Hall, KioskOptions, Places, app};

/// Serves the pre-check of a hall: pages, compiled packs, and decisions over HTTP
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    #[command(flatten)]
    places: Places,

    #[command(flatten)]
    kiosk: KioskOptions,

    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// The day that requests without a day mean; by default today in China
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    today: Option<Date>,
}

/// How long the requests that are being answered may take once the server is told to stop.
const PATIENCE: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<()> {
    let hall = Hall::load(&options.places, options.today)?.with_kiosk(options.kiosk);
    let listen = options.listen;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("{listen} cannot be listened on"))?;
    // Whoever reads the address may stop the server at once.
    let (stop, lost_patience) = (told_to_stop()?, told_to_stop()?);
    println!("http://{}", listener.local_addr()?);
    let app = app(hall).layer(from_fn(log));
    tokio::select! {
        served = axum::serve(listener, app).with_graceful_shutdown(stop) => served?,
        () = async { lost_patience.await; sleep(PATIENCE).await } => {}
    }
    Ok(())
}

/// One line for each request; never its query, its headers or its body.
async fn log(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    // A log that nobody reads any more does not keep citizens from their answers.
    let _ = writeln!(std::io::stderr(), "{method} {path} {}", response.status().as_u16());
    response
}

/// Listens for SIGINT and SIGTERM from now on; the future ends at the first of them.
#[cfg(unix)]
fn told_to_stop() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn read_date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| String::from("a date is written as 2014-11-18"))
}
