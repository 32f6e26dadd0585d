// The live link: one WebSocket that is opened again whenever it is lost. What happened meanwhile arrives after the
// next `welcome` (the server sends all events after the number we say); what we said and got no answer to is said
// again with the same id, so that the server does it once.

/** A beat goes out this often, and no frame at all for DEAF means that the socket is dead (milliseconds). */
const BEAT = 5_000;
const DEAF = 11_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

export class Live {
  #address;
  #token;
  #after;
  #listener;
  #socket = null;
  #welcomed = false;
  #unanswered = new Map();
  #failures = 0;
  #retry = 0;
  #beat = 0;
  #heardAt = 0;
  #closed = false;

  /**
   * @param after the number of the last event the page has
   * @param listener `event(type, data, seq)`, `up(resumed)`, `down()`, `reset()`, `refused(error)`
   */
  constructor(address, token, after, listener) {
    this.#address = address;
    this.#token = token;
    this.#after = after;
    this.#listener = listener;
  }

  get isUp() {
    return this.#welcomed;
  }

  open() {
    clearTimeout(this.#retry);
    if (this.#closed) return;
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = () => this.#write({ type: "hello", token: this.#token, after: this.#after, topics: ["calls"] });
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#hear(JSON.parse(data));
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost();
    };
    clearInterval(this.#beat);
    this.#beat = setInterval(() => this.#check(), BEAT);
  }

  /** Tries at once: the network has come back, or the page is looked at again. */
  hurry() {
    if (this.#closed || this.#welcomed) return;
    this.#drop();
    this.open();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#beat);
    this.#welcomed = false;
    this.#socket?.close(1000);
    this.#socket = null;
  }

  /** Sends a command; the promise is for its answer, however often the link breaks before that. */
  tell(type, data) {
    const id = randomId();
    return new Promise((done, failed) => {
      const frame = { type, id, data };
      this.#unanswered.set(id, { frame, done, failed });
      if (this.#welcomed) this.#write(frame);
    });
  }

  #hear(frame) {
    this.#heardAt = Date.now();
    switch (frame.type) {
      case "welcome":
        this.#welcomed = true;
        this.#failures = 0;
        // A server that starts from now tells where "now" is; one that resumes sends the events themselves.
        if (this.#after == null) this.#after = frame.seq;
        for (const { frame: said } of this.#unanswered.values()) this.#write(said);
        this.#listener.up(frame.resumed);
        break;
      case "reset":
        this.#after = frame.seq;
        this.#listener.reset();
        break;
      case "reply":
        this.#settle(frame.to, (waiting) => waiting.done(frame.data));
        break;
      case "error":
        if (frame.to) this.#settle(frame.to, (waiting) => waiting.failed(frame.error));
        else this.#listener.refused(frame.error);
        break;
      default:
        if (frame.seq <= this.#after) break;
        this.#after = frame.seq;
        this.#listener.event(frame.type, frame.data, frame.seq);
    }
  }

  #settle(id, how) {
    const waiting = this.#unanswered.get(id);
    if (!waiting) return;
    this.#unanswered.delete(id);
    how(waiting);
  }

  #check() {
    if (Date.now() - this.#heardAt > DEAF) {
      this.#drop();
      this.#lost();
    } else if (this.#welcomed) {
      this.#write({ type: "ping", id: randomId(), data: {} });
    }
  }

  /** Forgets the socket without waiting for its close, which takes long when the network is gone. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #lost() {
    clearInterval(this.#beat);
    this.#socket = null;
    const was = this.#welcomed;
    this.#welcomed = false;
    if (this.#closed) return;
    if (was) this.#listener.down();
    // Full jitter: a thousand pages that lost the same server do not come back in the same moment.
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures++);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.open(), pause * (0.5 + Math.random() / 2));
  }

  #write(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

/** `crypto.randomUUID` exists on secure pages only, and a page without a microphone may listen on an insecure one. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
