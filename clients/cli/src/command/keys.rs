//! `yichuang keygen`, `sign` and `verify`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use yichuang_forms::{from_ycc, from_ycp};
use yichuang_signing::{Keys, Problem, SecretKey, signature_path};

use crate::load::Context;
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Keygen {
    /// 私钥写到哪个文件；公钥在旁边，多一个 .pub · the private key; the public one is beside it with .pub
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sign {
    /// 私钥文件 · the private key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// .ycp 和 .ycc 文件；签名写在旁边，多一个 .sig · compiled files; signatures are beside them with .sig
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// 公钥文件，可以有好几把 · the public key or several
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// .ycp 和 .ycc 文件 · compiled files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

fn words(problem: Problem, context: &Context) -> &'static str {
    let (zh, en) = problem.words();
    context.say(zh, en)
}

fn read(path: &Path, context: &Context) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| context.cannot_read(path, &error))
}

/// Reads a PEM file with something that makes a key of it.
fn key<T>(path: &Path, make: impl Fn(&str) -> Result<T, Problem>, context: &Context) -> Result<T, Failure> {
    let bytes = read(path, context)?;
    let made = str::from_utf8(&bytes).ok().map(make);
    match made {
        Some(Ok(key)) => Ok(key),
        Some(Err(problem)) => Err(context.unusable(path, words(problem, context))),
        None => Err(context.unusable(path, context.say("不是 PEM 文件", "it is no PEM file"))),
    }
}

pub(crate) fn keygen(args: &Keygen, context: &Context) -> Result<(), Failure> {
    let mut public = args.file.clone().into_os_string();
    public.push(".pub");
    let public = PathBuf::from(public);
    for file in [&args.file, &public] {
        if file.exists() {
            let why = context.say("已有这个文件，没有覆盖", "it exists and is kept");
            return Err(context.cannot_write(file, &why));
        }
    }
    let no_key = |problem| context.unusable(&args.file, words(problem, context));
    let secret = SecretKey::generate().map_err(no_key)?;
    let public_pem = secret.public_pem().map_err(no_key)?;
    let keys = Keys::from_pem(&public_pem).map_err(no_key)?;
    write_secret(&args.file, &secret.pem().map_err(no_key)?)
        .map_err(|error| context.cannot_write(&args.file, &error))?;
    fs::write(&public, &public_pem).map_err(|error| context.cannot_write(&public, &error))?;
    let attribute = keys.attribute();
    output::print(&match context.lang {
        yichuang_rules::Lang::Zh => format!(
            "私钥 {}：只有签规则的人拿着，不要放进规则包和网站。\n公钥 {}：给 `yichuang-server --public-key`。\n网页元素写 key=\"{attribute}\"\n",
            args.file.display(),
            public.display()
        ),
        yichuang_rules::Lang::En => format!(
            "{}: the private key; only who signs rules has it, no pack and no site.\n{}: the public key, for `yichuang-server --public-key`.\nElements of pages have key=\"{attribute}\"\n",
            args.file.display(),
            public.display()
        ),
    });
    Ok(())
}

/// A new file that its owner alone reads.
fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

pub(crate) fn sign(args: &Sign, context: &Context) -> Result<(), Failure> {
    let secret = key(&args.key, SecretKey::from_pem, context)?;
    // All are looked at before the first is signed.
    let mut files = Vec::new();
    for file in &args.files {
        let bytes = read(file, context)?;
        whole(file, &bytes, context)?;
        files.push((file, bytes));
    }
    for (file, bytes) in files {
        let path = signature_path(file);
        fs::write(&path, secret.sign(&bytes)).map_err(|error| context.cannot_write(&path, &error))?;
        output::line(&path.display().to_string());
    }
    Ok(())
}

/// Nothing but whole packs and calendars is signed.
fn whole(path: &Path, bytes: &[u8], context: &Context) -> Result<(), Failure> {
    let is_calendar = path.extension().is_some_and(|extension| extension == "ycc");
    let read = if is_calendar { from_ycc(bytes).map(drop) } else { from_ycp(bytes).map(drop) };
    read.map_err(|error| context.unusable(path, context.forms_lang().pick(&error.message())))
}

pub(crate) fn verify(args: &Verify, context: &Context) -> Result<(), Failure> {
    let keys = key(&args.key, Keys::from_pem, context)?;
    let mut are_good = true;
    for file in &args.files {
        let bytes = read(file, context)?;
        let path = signature_path(file);
        let signature = match fs::read(&path) {
            Ok(signature) => Some(signature),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(context.cannot_read(&path, &error)),
        };
        let verified = keys.verify(&bytes, signature.as_deref());
        are_good &= verified.is_ok();
        let said = verified.map_or_else(|problem| words(problem, context), |()| context.say("签名对", "signed"));
        output::line(&format!("{}{}{said}", file.display(), context.say("：", ": ")));
    }
    if are_good { Ok(()) } else { Err(Failure::Faults) }
}
