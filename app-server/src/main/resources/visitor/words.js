// What the page says, in the visitor's language. A language is one file in words/ and one entry in LANGUAGES.

const LANGUAGES = ["en", "de"];

export class Words {
  #texts;
  #plural;

  constructor(texts) {
    this.#texts = texts;
    this.#plural = new Intl.PluralRules(texts.language);
  }

  get language() {
    return this.#texts.language;
  }

  get direction() {
    return this.#texts.direction;
  }

  has(key) {
    return key in this.#texts;
  }

  /** The text of a key; `{name}` is filled from `values`, and `n` chooses between singular and plural. */
  say(key, values = {}) {
    const entry = this.#texts[key] ?? key;
    const text = typeof entry === "string" ? entry : (entry[this.#plural.select(values.n)] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }
}

/** Loads the first language that the visitor wants and we have; English otherwise. */
export async function wordsFor(wanted) {
  const language =
    wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => LANGUAGES.includes(tag)) ?? "en";
  const answer = await fetch(new URL(`words/${language}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`no words in ${language}: ${answer.status}`);
  return new Words(await answer.json());
}
