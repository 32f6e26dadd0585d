// The screen: shows a visit's state and turns clicks and keys into its verbs. What people wrote (names, topics, the
// server's sentences) becomes text only, never markup.

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const SVG = "http://www.w3.org/2000/svg";
const STAR = "M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9z";

const SECTION = {
  form: "form",
  asking: "progress",
  starting: "progress",
  problem: "problem",
  unavailable: "problem",
  waiting: "progress",
  connected: "progress",
  held: "progress",
  ended: "ended",
};

export class View {
  #words;
  #visit;
  #shown = "";
  #keypad = false;
  #clock = 0;

  constructor(words, prefilled) {
    this.#words = words;
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
    for (const element of document.querySelectorAll("[data-say]")) {
      element.textContent = words.say(element.dataset.say);
    }
    at("name").value = prefilled.name ?? "";
    at("phone").value = prefilled.phone ?? "";
    at("keys").setAttribute("aria-label", words.say("keypad.label"));
    at("key-grid").append(...KEYS.map((key) => this.#keyButton(key)));
    at("stars").append(...[1, 2, 3, 4, 5].map((stars) => this.#starButton(stars)));
  }

  /** Connects the controls with the visit's verbs. */
  bind(visit) {
    this.#visit = visit;
    at("form").addEventListener("submit", (event) => {
      event.preventDefault();
      visit.start(this.#caller());
    });
    on("retry", () => visit.retry());
    on("listen", () => visit.listen());
    on("back", () => visit.back());
    on("open-window", () => window.open(location.href, "_blank", "noopener"));
    on("music", () => visit.music(!visit.state.music));
    on("mute", () => visit.mute(!visit.state.muted));
    on("keypad", () => this.#showKeypad(!this.#keypad));
    on("hangup", () => visit.hangUp());
    on("sound-on", () => visit.soundOn());
    on("microphone-on", () => visit.useMicrophone());
    on("again", () => visit.again());
    document.addEventListener("keydown", (event) => this.#typed(event));
  }

  show() {
    const { state } = this.#visit;
    const { screen } = state;
    const section = SECTION[screen];
    if (state.company) this.#showCompany(state.company);
    else text("company", this.#words.say("heading"));
    for (const name of new Set(Object.values(SECTION))) at(name).hidden = name !== section;
    document.body.dataset.screen = screen;
    text("status", this.#status(state));
    text("notice", this.#notice(state));
    this.#showProgress(state);
    this.#showErrors(state);
    this.#showProblem(state);
    this.#showEnd(state);
    this.#runClock(state);
    if (screen !== this.#shown) this.#moved(this.#shown, screen);
  }

  #status(state) {
    return this.#words.say(`status.${state.screen}`, { agent: this.#agent(state) });
  }

  #agent(state) {
    return plain(state.agent ?? "") || this.#words.say("someone");
  }

  #notice(state) {
    if (state.screen === "form" || state.screen === "ended") return "";
    if (!state.online) return this.#words.say("network.lost");
    const inCall = SECTION[state.screen] === "progress";
    return inCall && state.problem ? this.#words.say(state.problem.key, state.problem.values) : "";
  }

  #showCompany(company) {
    const name = plain(company.company);
    text("company", name);
    document.title = this.#words.say("title", { company: name });
    at("closed").hidden = company.open !== false;
    const topics = company.topics ?? [];
    const list = at("topic");
    if (list.childElementCount === topics.length) return;
    list.replaceChildren(...topics.map(({ id, name }) => new Option(plain(name), id)));
    at("topic-field").hidden = topics.length < 2;
  }

  #showProgress(state) {
    const { screen } = state;
    const waiting = screen === "waiting";
    const answered = screen === "connected" || screen === "held";
    at("controls").hidden = !waiting && !answered;
    at("music").hidden = !waiting && screen !== "held";
    at("mute").hidden = !answered;
    at("keypad").hidden = screen !== "connected";
    if (screen !== "connected" && this.#keypad) this.#showKeypad(false);
    pressed("music", state.music);
    pressed("mute", state.muted);
    text("typed", state.keys);
    text("detail", this.#detail(state));
    text("place", waiting ? this.#words.say("waiting.stay") : "");
    at("sound").hidden = !state.soundBlocked || !(waiting || answered);
    at("microphone").hidden = !state.listening || !(waiting || answered);
  }

  #detail(state) {
    const say = (key, values) => this.#words.say(key, values);
    switch (state.screen) {
      case "asking":
        return say("asking.detail");
      case "starting":
        return say("starting.detail");
      case "waiting":
        return this.#place(state.call);
      case "connected":
        if (state.media === "connecting") return say("connected.setup");
        if (state.media !== "connected") return say("connected.again");
        if (state.listening) return say("connected.listening");
        return state.muted ? say("connected.muted") : "";
      case "held":
        return say("held.detail", { agent: this.#agent(state) });
      default:
        return "";
    }
  }

  #place({ status, position, expectedWaitSeconds: seconds }) {
    const say = (key, values) => this.#words.say(key, values);
    if (status === "connecting" || position < 1) return say("waiting.soon");
    const place = position === 1 ? say("waiting.next") : say("waiting.position", { n: position });
    if (seconds == null) return place;
    const wait =
      seconds < 50 ? say("waiting.seconds") : say("waiting.minutes", { n: Math.max(1, Math.round(seconds / 60)) });
    return `${place} ${wait}`;
  }

  #showErrors({ errors }) {
    for (const field of ["name", "phone"]) {
      const key = errors[field];
      text(`${field}-error`, key ? this.#words.say(key) : "");
      at(`${field}-error`).hidden = !key;
      if (key) at(field).setAttribute("aria-invalid", "true");
      else at(field).removeAttribute("aria-invalid");
    }
    const first = Object.keys(errors)[0];
    if (first && document.activeElement !== at(first)) at(first).focus();
  }

  #showProblem({ screen, problem }) {
    if (SECTION[screen] !== "problem") return;
    text("problem-text", this.#words.say(problem.key, problem.values));
    at("retry").hidden = !problem.retry;
    at("listen").hidden = !problem.listen;
    at("open-window").hidden = problem.key !== "problem.framed";
    at("back").hidden = screen === "unavailable" || !this.#visit.state.company;
  }

  #showEnd(state) {
    const { screen, call, connectedAt, rated, lostPlace } = state;
    if (screen !== "ended") return;
    const key = `ended.${call.endReason}`;
    const why = lostPlace ? "ended.left" : this.#words.has(key) ? key : "ended.other";
    text("ended-text", this.#words.say(why, { agent: this.#agent(state) }));
    at("rating").hidden = !connectedAt;
    text("thanks", rated ? this.#words.say("ended.thanks") : "");
    for (const star of at("stars").children) {
      const stars = Number(star.dataset.stars);
      star.setAttribute("aria-pressed", String(stars === rated));
      star.classList.toggle("lit", stars <= (rated ?? 0));
    }
  }

  #runClock({ screen, connectedAt }) {
    const runs = connectedAt !== null && (screen === "connected" || screen === "held");
    at("timer").hidden = !runs;
    clearInterval(this.#clock);
    if (!runs) return;
    const tick = () => text("timer", clock(Date.now() - connectedAt));
    tick();
    this.#clock = setInterval(tick, 500);
  }

  /** The control that had the focus may be gone: the focus goes to where reading goes on, and never out of the page. */
  #moved(from, to) {
    this.#shown = to;
    if (to === "loading" || from === "" || from === "loading") return;
    window.parent.postMessage({ patchbay: "screen", screen: to }, "*");
    const focused = document.activeElement;
    if (focused !== document.body && focused?.getClientRects().length) return;
    if (to === "form") at("name").focus();
    else at(SECTION[to]).focus();
  }

  #showKeypad(shown) {
    this.#keypad = shown;
    at("keys").hidden = !shown;
    at("keypad").setAttribute("aria-expanded", String(shown));
  }

  /** Digits typed on the keyboard are keys of the keypad while it is shown; Escape closes it. */
  #typed(event) {
    if (!this.#keypad || event.ctrlKey || event.altKey || event.metaKey) return;
    if (KEYS.includes(event.key)) {
      event.preventDefault();
      this.#visit.key(event.key);
    } else if (event.key === "Escape") {
      this.#showKeypad(false);
      at("keypad").focus();
    }
  }

  #caller() {
    return {
      name: at("name").value.trim(),
      phone: at("phone").value.trim(),
      topic: at("topic").value || undefined,
    };
  }

  #keyButton(key) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = key;
    const spoken = { "*": "keypad.star", "#": "keypad.hash" }[key];
    if (spoken) button.setAttribute("aria-label", this.#words.say(spoken));
    button.addEventListener("click", () => this.#visit.key(key));
    return button;
  }

  #starButton(stars) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.stars = stars;
    button.setAttribute("aria-label", this.#words.say("ended.star", { n: stars }));
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", STAR);
    picture.append(path);
    button.append(picture);
    button.addEventListener("click", () => this.#visit.rate(stars));
    return button;
  }
}

function at(id) {
  return document.getElementById(id);
}

function on(id, what) {
  at(id).addEventListener("click", what);
}

/** Changes a text only when it is another one: a live region that is written again is read out again. */
function text(id, said) {
  const element = at(id);
  if (element.textContent !== said) element.textContent = said;
}

/** Without the marks that turn the direction of writing: a name must not turn the sentence around it. */
function plain(name) {
  return name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

function pressed(id, is) {
  at(id).setAttribute("aria-pressed", String(is));
}

/** 4:05, 1:02:03 */
function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
