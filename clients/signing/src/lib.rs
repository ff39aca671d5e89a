//! Signatures of compiled packs and calendars (Ed25519, RFC 8032): whose rules these are, beyond the
//! digest that says they are whole.
//!
//! Keys are PEM files (RFC 8410), a signature is the 64 bytes beside a file, `nine-in-one.ycp.sig`;
//! OpenSSL reads and writes both. Where a key is configured, a file without a signature is refused.
//!
//! ```
//! use yichuang_signing::{Keys, Problem, SecretKey};
//!
//! let secret = SecretKey::generate()?;
//! let keys = Keys::from_pem(&secret.public_pem()?)?;
//! let signature = secret.sign(b"rules");
//! assert_eq!(keys.verify(b"rules", Some(&signature)), Ok(()));
//! assert_eq!(keys.verify(b"rule", Some(&signature)), Err(Problem::WrongSignature));
//! assert_eq!(keys.verify(b"rules", None), Err(Problem::NoSignature));
//! # Ok::<(), Problem>(())
//! ```

use std::fmt;
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// What is wrong with a key or a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text holds no Ed25519 private key in PKCS #8.
    NoSecretKey,
    /// The text holds no Ed25519 public key, or something besides.
    NoPublicKey,
    /// The system has no random numbers, or a key cannot be written.
    NoKey,
    /// There is no signature.
    NoSignature,
    /// What stands there is no signature: it has 64 bytes.
    NotASignature,
    /// The signature is not by one of the keys, or of another file.
    WrongSignature,
}

impl Problem {
    /// What is wrong, in Chinese and in English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Problem::NoSecretKey => {
                ("不是 Ed25519 私钥（PKCS #8 的 PEM 文件）", "no Ed25519 private key (a PEM file in PKCS #8)")
            }
            Problem::NoPublicKey => ("不是 Ed25519 公钥（PEM 文件）", "no Ed25519 public key (a PEM file)"),
            Problem::NoKey => ("做不出密钥", "a key cannot be made"),
            Problem::NoSignature => ("没有签名", "there is no signature"),
            Problem::NotASignature => ("签名应是 64 个字节", "a signature has 64 bytes"),
            Problem::WrongSignature => (
                "签名不对：文件改动过，或者不是这把钥匙签的",
                "the signature is wrong: the file was changed, or signed with another key",
            ),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zh, en) = self.words();
        write!(f, "{zh} ({en})")
    }
}

impl std::error::Error for Problem {}

/// Where the signature of a file is: beside it.
#[must_use]
pub fn signature_path(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".sig");
    path.into()
}

/// A key that signs. It is not shown by `Debug`, and wiped when it is dropped.
#[derive(Debug)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// A new key.
    ///
    /// # Errors
    /// [`Problem::NoKey`] if the system has no random numbers.
    pub fn generate() -> Result<SecretKey, Problem> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| Problem::NoKey)?;
        Ok(SecretKey(SigningKey::from_bytes(&seed)))
    }

    /// Reads a PEM text.
    ///
    /// # Errors
    /// [`Problem::NoSecretKey`].
    pub fn from_pem(pem: &str) -> Result<SecretKey, Problem> {
        SigningKey::from_pkcs8_pem(without_mark(pem)).map(SecretKey).map_err(|_| Problem::NoSecretKey)
    }

    /// The key as a PEM text, to be kept secret.
    ///
    /// # Errors
    /// [`Problem::NoKey`].
    pub fn pem(&self) -> Result<String, Problem> {
        // Without the public key beside it, which not every OpenSSL reads.
        let bytes = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        bytes.to_pkcs8_pem(LineEnding::LF).map(|pem| pem.to_string()).map_err(|_| Problem::NoKey)
    }

    /// Its public key as a PEM text.
    ///
    /// # Errors
    /// [`Problem::NoKey`].
    pub fn public_pem(&self) -> Result<String, Problem> {
        self.0.verifying_key().to_public_key_pem(LineEnding::LF).map_err(|_| Problem::NoKey)
    }

    /// The signature of the bytes of a file.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

/// The keys of those whose rules are trusted; while one takes the place of another there are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    keys: Vec<VerifyingKey>,
    attribute: String,
}

impl Keys {
    /// Reads the public keys in a PEM text, one behind the other.
    ///
    /// # Errors
    /// [`Problem::NoPublicKey`] if there is none, or one that cannot be read.
    pub fn from_pem(pem: &str) -> Result<Keys, Problem> {
        const END: &str = "-----END PUBLIC KEY-----";
        let blocks = without_mark(pem).split_inclusive(END).map(str::trim).filter(|block| !block.is_empty());
        let mut keys = Vec::new();
        let mut texts = Vec::new();
        for block in blocks {
            keys.push(VerifyingKey::from_public_key_pem(block).map_err(|_| Problem::NoPublicKey)?);
            texts.push(block.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect::<String>());
        }
        if keys.is_empty() { Err(Problem::NoPublicKey) } else { Ok(Keys { keys, attribute: texts.join(" ") }) }
    }

    /// The keys as the attribute `key` of an element has them: what stands between the lines of PEM.
    #[must_use]
    pub fn attribute(&self) -> &str {
        &self.attribute
    }

    /// Whether the signature of these bytes is by one of the keys.
    ///
    /// # Errors
    /// [`Problem::NoSignature`], [`Problem::NotASignature`] or [`Problem::WrongSignature`].
    pub fn verify(&self, bytes: &[u8], signature: Option<&[u8]>) -> Result<(), Problem> {
        let signature = signature.ok_or(Problem::NoSignature)?;
        let signature = Signature::from_slice(signature).map_err(|_| Problem::NotASignature)?;
        let is_by = |key: &VerifyingKey| key.verify_strict(bytes, &signature).is_ok();
        if self.keys.iter().any(is_by) { Ok(()) } else { Err(Problem::WrongSignature) }
    }
}

/// Some editors put the mark of UTF-8 in front of a text.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;

    /// RFC 8410 §10.3 has this private key, §10.1 its public key.
    const SECRET: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";

    #[test]
    fn keys_are_those_of_the_standard() {
        let secret = SecretKey::from_pem(SECRET).unwrap();
        assert_eq!(secret.public_pem().unwrap(), PUBLIC);
        assert_eq!(secret.pem().unwrap(), SECRET);
        let keys = Keys::from_pem(PUBLIC).unwrap();
        assert_eq!(keys.attribute(), "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
        assert_eq!(keys.verify(b"", Some(&secret.sign(b""))), Ok(()));
        let edited = format!("\u{feff}{}", PUBLIC.replace('\n', "\r\n"));
        assert_eq!(Keys::from_pem(&edited), Ok(keys), "as an editor under Windows leaves it");
    }

    #[test]
    fn a_key_may_take_the_place_of_another_for_a_while() {
        let (old, new) = (SecretKey::generate().unwrap(), SecretKey::generate().unwrap());
        let both = old.public_pem().unwrap() + "\n" + &new.public_pem().unwrap();
        let keys = Keys::from_pem(&both).unwrap();
        assert_eq!(keys.attribute().split(' ').count(), 2);
        for secret in [&old, &new] {
            assert_eq!(keys.verify(b"x", Some(&secret.sign(b"x"))), Ok(()));
        }
        let only = Keys::from_pem(&new.public_pem().unwrap()).unwrap();
        assert_eq!(only.verify(b"x", Some(&old.sign(b"x"))), Err(Problem::WrongSignature));
    }

    #[test]
    fn nothing_else_is_a_key_or_a_signature() {
        let secret = SecretKey::from_pem(SECRET).unwrap();
        for pem in ["", "x", SECRET, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"] {
            assert_eq!(Keys::from_pem(pem), Err(Problem::NoPublicKey), "{pem}");
        }
        assert_eq!(Keys::from_pem(&format!("{PUBLIC}x")), Err(Problem::NoPublicKey));
        assert_eq!(SecretKey::from_pem(PUBLIC).err(), Some(Problem::NoSecretKey));
        let keys = Keys::from_pem(PUBLIC).unwrap();
        let signature = secret.sign(b"rules");
        assert_eq!(keys.verify(b"rules", None), Err(Problem::NoSignature));
        assert_eq!(keys.verify(b"rules", signature.get(..63)), Err(Problem::NotASignature));
        for place in 0..64 {
            let mut other = signature;
            if let Some(byte) = other.get_mut(place) {
                *byte ^= 1;
            }
            assert_eq!(keys.verify(b"rules", Some(&other)), Err(Problem::WrongSignature), "{place}");
        }
    }
}
