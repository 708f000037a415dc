/** What stands where a secret would: `<token>`, `${TOKEN}`, `$TOKEN`, `{{ token }}`, `****`, `env:TOKEN`, `[secret]`. */
export function isPlaceholder(value: string): boolean {
  return (
    /^(?:<.{0,200}>?|\$\{?\w.{0,200}|\$\(.{0,200}|\{\{.{0,200}|%\(?\w{1,60}\)?[%s]?|env:.{0,200}|file:.{0,200}|process\.env.{0,200}|os\.environ.{0,200})$/i.test(
      value,
    ) ||
    /^[[(]?(?:secret|redacted|masked|hidden|filtered|removed|omitted|sensitive|your|my|example|changeme|placeholder)[\s:_\-\])].{0,200}$/i.test(
      `${value}]`,
    ) ||
    /^[*•.xX#?_\-\s…]{1,200}$/.test(value) ||
    // Shortened by hand: `xaat-…`.
    /^.{0,12}(?:…|\.\.\.)[)`"']?$/.test(value)
  );
}

const ANSWERS = new Set(
  `null nil none true false undefined empty unset missing required optional invalid incorrect wrong expired revoked
  rotated changed reset unknown redacted hidden masked disabled enabled ok okay yes no not was is are the and or for in
  has must should will can cannot failed failure error denied rejected accepted mismatch unauthorized forbidden
  string number boolean str int text bytes refresh bearer basic length count policy field prompt auth login
  authentication authorization from with via please check see ask use set get new old same todo tbd n/a pass password passwd pwd secret token value key`.split(
    /\s+/,
  ),
);

/** A word that people and programs write after "password:" or "token=" without giving one away. */
export function isAnswer(value: string): boolean {
  return ANSWERS.has(value.toLowerCase().replace(/[.!?]+$/, ''));
}

/** Bits per character, from the text's own frequencies: 0 for one repeated character, about 4 for 20 random ones. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Letters and digits mixed, or both cases and many different characters: nothing a person would name a thing. */
export function looksRandom(value: string): boolean {
  const kinds = Number(/[a-z]/.test(value)) + Number(/[A-Z]/.test(value)) + Number(/\d/.test(value));
  const least = value.length >= 20 ? 3 : 2.5;
  if (kinds < 2 || value.length < 8 || entropy(value) < least) return false;
  return kinds === 3 || /\d[A-Za-z]{1,40}\d/.test(value) || value.length >= 20;
}

/** `payments-db-credentials`, `my-app-tls-7f8d9`, `projects/p/secrets/db`, `app.kubernetes.io/name`: names of things. */
export function looksNamed(value: string): boolean {
  return (
    value.length <= 120 &&
    /^[a-z][a-z0-9]{0,15}(?:[-._/:][a-z0-9]{1,15}){1,12}$/.test(value) &&
    !/[a-z]\d[a-z]\d|\d[a-z]\d[a-z]/.test(value.replace(/-[a-z0-9]{5,10}(?:-[a-z0-9]{5})?$/, ''))
  );
}

/** `format.derToJose(key)`, `auth[1]`, `user.password`, `users.*.token`: code and paths that name a secret without holding it. */
export function looksCode(value: string): boolean {
  return (
    /^[A-Za-z_$][\w$]{0,60}(?:\??\.[A-Za-z_$][\w$]{0,60}){0,8}[([]/.test(value) ||
    /^[A-Za-z_$]{1,60}(?:\??\.(?:[A-Za-z_$]{1,60}|\*)){1,8}$/.test(value)
  );
}

/** Good enough as a password where the text itself calls it one. */
export function looksPassword(value: string): boolean {
  return value.length >= 4 && !isPlaceholder(value) && !isAnswer(value) && !looksCode(value);
}

/** Good enough as a token, key or secret where the text calls it one; of an address, its most telling part. */
export function looksToken(value: string): boolean {
  if (/^https?:\/\//i.test(value))
    return value.split(/[/?&=#]/).some((part) => part.length >= 16 && looksToken(part));
  return (
    looksRandom(value) && !isPlaceholder(value) && !isAnswer(value) && !looksNamed(value) && !looksCode(value)
  );
}
