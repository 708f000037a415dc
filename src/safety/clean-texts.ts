/** Longer texts are seldom said twice. In UTF-16 units. */
const LONGEST = 2_000;
/** Texts of one generation; with two of them at most 8 MB. */
const MOST = 1_000;

/** Texts in which nothing was found, so that what Steady always says is checked once and not with every message. */
export interface CleanTexts {
  has(text: string): boolean;
  add(text: string): void;
  /** All of them have to be checked again. */
  forget(): void;
}

/** Keeps what was asked for lately and lets go of the rest. */
export function createCleanTexts(): CleanTexts {
  let young = new Set<string>();
  let old = new Set<string>();
  const add = (text: string) => {
    if (text.length > LONGEST) return;
    if (young.size >= MOST) {
      old = young;
      young = new Set();
    }
    young.add(text);
  };
  return {
    has(text) {
      if (young.has(text)) return true;
      if (!old.has(text)) return false;
      add(text);
      return true;
    },
    add,
    forget() {
      young.clear();
      old.clear();
    },
  };
}
