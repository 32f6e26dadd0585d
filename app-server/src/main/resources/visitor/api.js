// The REST side of a visitor's call. Every refusal is a Refused with the server's status and code.

export class Refused extends Error {
  constructor(status, body, retryAfter) {
    super(body?.message ?? `status ${status}`);
    this.status = status;
    this.code = body?.code ?? "";
    this.fields = body?.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** Asking took longer than this (milliseconds): the server is as good as away. */
const PATIENCE = 15_000;

export class Api {
  #root;

  /** @param root where the server's paths begin, such as `https://calls.example.com/` */
  constructor(root) {
    this.#root = root;
  }

  company(slug) {
    return this.#ask("GET", `api/v1/visitor/${encodeURIComponent(slug)}`);
  }

  /** @returns the token, the call, the ICE servers and how many seconds they are good for */
  start(slug, { name, phone, topic }) {
    return this.#ask("POST", `api/v1/visitor/${encodeURIComponent(slug)}/calls`, {
      body: { name, phone: phone || undefined, topic: topic || undefined },
    });
  }

  current(token) {
    return this.#ask("GET", "api/v1/visitor/calls/current", { token });
  }

  iceServers(token) {
    return this.#ask("GET", "api/v1/ice-servers", { token });
  }

  /** Says that the page is going away; works while it goes, where nothing else does. */
  leave(token) {
    const body = new Blob([JSON.stringify({ token })], { type: "text/plain" });
    navigator.sendBeacon(new URL("api/v1/visitor/calls/leave", this.#root), body);
  }

  liveAddress() {
    const address = new URL("live", this.#root);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    return address;
  }

  async #ask(method, path, { token, body } = {}) {
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const impatience = new AbortController();
    const timer = setTimeout(() => impatience.abort(), PATIENCE);
    try {
      const answer = await fetch(new URL(path, this.#root), {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: impatience.signal,
        cache: "no-store",
      });
      const said = await answer.json().catch(() => null);
      if (answer.ok) return said;
      throw new Refused(answer.status, said, Number(answer.headers.get("Retry-After")) || 60);
    } finally {
      clearTimeout(timer);
    }
  }
}
