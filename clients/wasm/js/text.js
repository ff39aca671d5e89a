// UTF-8 where the host has none, as in mini-programs on some telephones.

class Encoder {
  encode(text) {
    const bytes = [];
    for (const letter of text) {
      const code = letter.codePointAt(0);
      // Half a pair is no letter.
      put(bytes, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
    }
    return Uint8Array.from(bytes);
  }
}

function put(bytes, code) {
  if (code < 0x80) bytes.push(code);
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
  else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
}

const tail = (bits) => 0x80 | (bits & 0x3f);

/** Reads what a module writes, which is never faulty. */
class Decoder {
  decode(bytes = []) {
    let text = '';
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at];
      const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      let code = more ? first & (0x3f >> more) : first;
      for (let next = 1; next <= more; next += 1) code = (code << 6) | (bytes[at + next] & 0x3f);
      text += String.fromCodePoint(code);
      at += more + 1;
    }
    return text;
  }
}

globalThis.TextEncoder ??= Encoder;
globalThis.TextDecoder ??= Decoder;
