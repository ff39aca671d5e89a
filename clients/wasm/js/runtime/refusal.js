/** An error as the modules throw them: with a code, and with its message in Chinese and in English. */
export const refusal = (code, zh, en, cause) =>
  Object.assign(new Error(`${zh} (${en})`, { cause }), { code, zh, en });
