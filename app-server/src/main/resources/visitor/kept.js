// What a page remembers over a reload.

/** What survives a reload, for this tab only. A browser that keeps nothing just cannot reload in a call. */
export class Kept {
  #name;

  constructor(name) {
    this.#name = name;
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#name));
    } catch {
      return null;
    }
  }

  write(what) {
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(what));
    } catch {
      // Private windows of some browsers refuse storage.
    }
  }

  clear() {
    try {
      sessionStorage.removeItem(this.#name);
    } catch {
      // As above.
    }
  }
}
