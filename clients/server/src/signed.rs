//! Signatures of what is served: read from beside the compiled files, and checked where a key is known.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use yichuang_forms::Content;
use yichuang_signing::{Keys, signature_path};

use crate::load::unreadable;
use crate::state::Published;

pub(crate) fn keys(file: &Path) -> Result<Keys> {
    let pem = fs::read_to_string(file).with_context(|| unreadable(file))?;
    Keys::from_pem(&pem).with_context(|| format!("「{}」用不了", file.display()))
}

/// The same with the signature of the file that it was read from. Where there are keys it must be by
/// one of them; rules that are compiled here have none.
pub(crate) fn with_signature<T: Content>(
    published: Published<T>,
    (name, file): (&str, Option<&Path>),
    keys: Option<&Keys>,
) -> Result<Published<T>> {
    let Some(file) = file else {
        if keys.is_some() {
            bail!("有公钥时只用签过名的文件：「{name}」要先编译成一个文件，再用 `yichuang sign` 签名");
        }
        return Ok(published);
    };
    let signature = match fs::read(signature_path(file)) {
        Ok(signature) => Some(signature),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| unreadable(&signature_path(file))),
    };
    if let Some(keys) = keys {
        let verified = keys.verify(&fs::read(file).with_context(|| unreadable(file))?, signature.as_deref());
        verified.with_context(|| format!("「{}」不能用", file.display()))?;
    }
    // What is served is written anew; another version may have written it otherwise.
    let is_same = fs::read(file).is_ok_and(|bytes| bytes == published.file);
    if keys.is_some() && !is_same {
        bail!("「{}」是另一个版本的程序写的，请重新编译、签名", file.display());
    }
    Ok(Published { signature: signature.filter(|_| is_same).map(Into::into), ..published })
}
