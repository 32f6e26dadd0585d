// One visit: what the visitor does, what the server says and what the media does come together here. The screen shows
// `state` and calls the verbs; nothing here knows the screen.

import { Refused } from "./api.js";
import { Kept } from "./kept.js";
import { Live } from "./live.js";
import { NoMicrophone, canCall, openMicrophone } from "./microphone.js";
import { Peers } from "./peers.js";
import { meanOpinion } from "./quality.js";

/** How often the connection's quality is told while somebody talks (milliseconds). */
const QUALITY_EVERY = 10_000;
/** After the end the live link stays this long for the rating (milliseconds). */
const RATING_TIME = 180_000;

export class Visit {
  #slug;
  #api;
  #sounds;
  #voice;
  #changed;
  #kept;
  #live = null;
  #peers = null;
  #track = null;
  #started = null;
  #said = "";
  #quality = 0;
  #farewell = 0;
  #lastQuality = null;

  state = {
    /** loading, unavailable, form, asking, starting, problem, waiting, connected, held, ended */
    screen: "loading",
    company: null,
    /** the server's VisitorCall, once there is a call */
    call: null,
    /** who answered: the server names them only while they talk */
    agent: null,
    /** for `problem` and `unavailable`: the key of a sentence, its values and what can be done */
    problem: null,
    /** field name → key of a sentence */
    errors: {},
    /** what was written into the form */
    caller: { name: "", phone: "", topic: "" },
    connectedAt: null,
    media: "connecting",
    listening: false,
    muted: false,
    music: true,
    soundBlocked: false,
    online: true,
    keys: "",
    rated: null,
    lostPlace: false,
  };

  /**
   * @param voice the audio element that plays the agent
   * @param changed called after every change of `state`
   */
  constructor({ slug, api, sounds, voice, changed }) {
    this.#slug = slug;
    this.#api = api;
    this.#sounds = sounds;
    this.#voice = voice;
    this.#changed = changed;
    this.#kept = new Kept(`patchbay.call.${slug}`);
  }

  get inCall() {
    return ["waiting", "connected", "held"].includes(this.state.screen);
  }

  /** Reads what the company offers, and takes up the call that a reload interrupted. */
  async open() {
    if (!canCall()) return this.#stop("unavailable", "problem.browser");
    try {
      this.#set({ company: await this.#api.company(this.#slug) });
    } catch (trouble) {
      if (trouble.status === 404) return this.#stop("unavailable", "problem.unknown");
      return this.#stop("problem", ...sentence(trouble), () => this.open());
    }
    const kept = this.#kept.read();
    if (!kept?.token) return this.#set({ screen: "form" });
    try {
      const call = await this.#api.current(kept.token);
      await this.#rejoin(kept, call);
    } catch (trouble) {
      if (trouble instanceof Refused && trouble.status < 500 && trouble.status !== 429) {
        this.#kept.clear();
        return this.#set({ screen: "form" });
      }
      return this.#stop("problem", ...sentence(trouble), () => this.open());
    }
  }

  /** The visitor pressed the button. Everything that needs a click happens before the first wait. */
  async start(caller) {
    if (!["form", "problem"].includes(this.state.screen)) return;
    this.#sounds.unlock();
    this.#unlockVoice();
    this.#set({ caller, errors: {} });
    if (!caller.name) return this.#set({ screen: "form", errors: { name: "form.name.missing" } });
    this.#set({ screen: "asking", problem: null });
    try {
      this.#takeTrack(await openMicrophone());
    } catch (trouble) {
      if (!(trouble instanceof NoMicrophone)) throw trouble;
      return this.#stop("problem", trouble.why, {}, () => this.start(caller), true);
    }
    await this.#call();
  }

  /** Without a microphone: the visitor hears, and can give the agent keys. */
  async listen() {
    this.#sounds.unlock();
    this.#unlockVoice();
    this.#takeTrack(null);
    await this.#call();
  }

  retry() {
    this.state.problem?.retry?.();
  }

  back() {
    this.#set({ screen: "form", problem: null });
  }

  hangUp() {
    if (!this.inCall) return;
    const { call } = this.state;
    this.#live.tell("call.hangup", { call: call.callId }).catch(() => {});
    // A visitor who hangs up is not heard any more, whatever the network does to the command. The server ends a call
    // whose page it cannot hear by itself; the page says good-bye on both ways.
    if (!this.#live.isUp) this.#api.leave(this.#started.token);
    this.#ended({ ...call, status: "ended", endReason: "callerHangup", version: call.version + 1 });
  }

  mute(muted) {
    this.#set({ muted });
    this.#keep();
    this.#apply();
    this.#live.tell("call.mute", { call: this.state.call.callId, muted }).catch(() => {});
  }

  music(music) {
    this.#set({ music });
    this.#apply();
  }

  key(key) {
    if (this.state.screen !== "connected") return;
    this.#sounds.key(key);
    this.#peers.tone(key);
    this.#live.tell("call.dtmf", { call: this.state.call.callId, digits: key }).catch(() => {});
    this.#set({ keys: (this.state.keys + key).slice(-24) });
  }

  rate(stars) {
    this.#set({ rated: stars });
    this.#live?.tell("call.rate", { call: this.state.call.callId, stars }).catch(() => {});
  }

  again() {
    this.#close();
    this.#set({ screen: "form", call: null, agent: null, rated: null, keys: "", muted: false, lostPlace: false, connectedAt: null });
  }

  /** In a click: the browser had kept the page silent. */
  soundOn() {
    this.#sounds.unlock();
    this.#set({ soundBlocked: false });
    this.#play();
    this.#apply();
  }

  /** In a click: a visitor who only listened has connected a microphone. */
  async useMicrophone() {
    try {
      this.#takeTrack(await openMicrophone());
      this.#peers?.useMicrophone(this.#track);
      this.#apply();
      this.#set({ problem: null });
    } catch (trouble) {
      if (!(trouble instanceof NoMicrophone)) throw trouble;
      this.#set({ problem: { key: trouble.why, values: {} } });
    }
  }

  /** The browser says that the network is back or is another one. */
  networkChanged() {
    this.#live?.hurry();
    this.#peers?.restart();
  }

  /** The page is looked at again after it slept. */
  awake() {
    this.#live?.hurry();
  }

  /** The page goes away; a reload comes back by what is kept. */
  leave() {
    if (this.inCall) this.#api.leave(this.#started.token);
  }

  async #call() {
    this.#set({ screen: "starting", problem: null });
    try {
      const started = await this.#api.start(this.#slug, this.state.caller);
      // The link begins right after the number the call began with: a fast agent's offer may be there already.
      this.#begin({ ...started, gotAt: Date.now(), after: started.asOf ?? 0 });
    } catch (trouble) {
      this.#dropTrack();
      const errors = fieldErrors(trouble);
      if (errors) return this.#set({ screen: "form", errors });
      this.#stop("problem", ...sentence(trouble), () => this.start(this.state.caller));
    }
  }

  async #rejoin(kept, call) {
    const { caller, muted, connectedAt, listening, agent } = kept;
    this.#set({ caller, muted, connectedAt, listening, agent });
    if (call.status === "ended") {
      this.#started = kept;
      this.#openLive(kept);
      return this.#ended(call, call.endReason !== "agentHangup" && !kept.connectedAt);
    }
    this.#sounds.unlock();
    try {
      this.#takeTrack(kept.listening ? null : await openMicrophone());
    } catch {
      this.#takeTrack(null);
    }
    this.#begin({ ...kept, call });
    this.#peers.beg(kept.peers ?? []);
  }

  #begin(started) {
    const { call } = started;
    this.#started = started;
    this.#peers = new Peers({
      iceServers: started.iceServers ?? [],
      call: call.callId,
      me: call.me,
      send: (signal) => this.#live.tell("signal.send", signal).catch((refusal) => console.debug("signal", refusal)),
      changed: () => this.#mediaChanged(),
    });
    this.#peers.useMicrophone(this.#track);
    this.#openLive(started);
    this.#set({ call: null });
    this.#took(call);
  }

  #openLive(started) {
    this.#live = new Live(this.#api.liveAddress(), started.token, started.after, {
      event: (type, data, seq) => this.#happened(type, data, seq),
      up: () => {
        const wasDown = !this.state.online;
        this.#set({ online: true });
        if (wasDown && this.#peers?.state === "failed") this.#peers.restart();
      },
      down: () => this.#set({ online: false }),
      reset: () => this.#refresh(),
      refused: (error) => this.#turnedAway(error),
    });
    this.#live.open();
  }

  #happened(type, data, seq) {
    if (type === "visitor.updated") this.#took(data.call);
    if (type === "participant.signalled") this.#peers?.receive(data.signal);
    this.#started.after = seq;
    if (this.inCall) this.#keep();
  }

  /** The server's newest word about the call; an older one that comes late changes nothing. */
  #took(call) {
    const known = this.state.call;
    if (known && (call.callId !== known.callId || call.version < known.version)) return;
    if (this.state.screen === "ended") return this.#set({ call });
    switch (call.status) {
      case "ended":
        return this.#ended(call);
      case "connected":
      case "held":
        this.#set({
          screen: call.status,
          call,
          agent: call.agentName ?? this.state.agent,
          connectedAt: this.state.connectedAt ?? Date.now(),
        });
        break;
      default: // waiting, connecting, and after the agent was lost: waiting again
        this.#set({ screen: "waiting", call, connectedAt: null });
    }
    this.#keep();
    this.#apply();
  }

  /** Brings microphone, agent's voice and music in line with where the call stands. */
  #apply() {
    const { screen, call, muted, music } = this.state;
    const talking = screen === "connected";
    const answered = talking || screen === "held";
    this.#peers?.talkTo(answered ? call.peer : null, talking && !muted);
    this.#sounds.music(music && (screen === "waiting" || screen === "held"));
    this.#voice.muted = !talking;
    clearInterval(this.#quality);
    if (answered) this.#quality = setInterval(() => this.#tellQuality(), QUALITY_EVERY);
  }

  #mediaChanged() {
    const { stream, state } = this.#peers;
    if (this.#voice.srcObject !== stream) {
      this.#voice.srcObject = stream;
      if (stream) this.#play();
    }
    if (this.state.media !== state) this.#set({ media: state });
    const { screen, call } = this.state;
    const said = `${call?.peer} ${state}`;
    if ((screen === "connected" || screen === "held") && said !== this.#said) {
      this.#said = said;
      this.#live.tell("call.media", { call: call.callId, state }).catch(() => {});
    }
    if (this.inCall) this.#keep();
  }

  async #tellQuality() {
    const stats = await this.#peers?.stats();
    if (!stats || this.#peers.state !== "connected") return;
    const mos = meanOpinion(stats, this.#lastQuality);
    this.#lastQuality = mos.seen;
    if (mos.value === null || !this.state.call) return;
    const data = { call: this.state.call.callId, state: "connected", mos: mos.value };
    this.#live?.tell("call.media", data).catch(() => {});
  }

  async #refresh() {
    try {
      this.#took(await this.#api.current(this.#started.token));
    } catch (trouble) {
      if (trouble.status === 401 || trouble.status === 404) this.#turnedAway(trouble);
    }
  }

  /** The server does not know the call any more. */
  #turnedAway(error) {
    console.warn("turned away", error?.code);
    if (this.inCall) this.#ended({ ...this.state.call, status: "ended", endReason: "callerLost" });
    this.#live?.close();
  }

  #ended(call, lostPlace = false) {
    this.#kept.clear();
    this.#peers?.close();
    this.#peers = null;
    this.#voice.srcObject = null;
    this.#dropTrack();
    clearInterval(this.#quality);
    this.#set({ screen: "ended", call, lostPlace, muted: false, keys: "", rated: call.rating ?? null });
    this.#sounds.music(false);
    clearTimeout(this.#farewell);
    this.#farewell = setTimeout(() => this.#live?.close(), RATING_TIME);
  }

  #close() {
    clearTimeout(this.#farewell);
    this.#live?.close();
    this.#live = null;
    this.#peers?.close();
    this.#peers = null;
    this.#said = "";
    this.#dropTrack();
    this.#set({ online: true, soundBlocked: false });
  }

  #takeTrack(track) {
    this.#dropTrack();
    this.#track = track;
    this.#set({ listening: !track });
    if (!track) return;
    // The headset was pulled out: the call goes on with whatever microphone there is now.
    track.onended = () => {
      this.#takeTrack(null);
      this.#peers?.useMicrophone(null);
      if (this.inCall) this.useMicrophone().then(() => this.#set({ problem: null }));
    };
  }

  #dropTrack() {
    if (!this.#track) return;
    this.#track.onended = null;
    this.#track.stop();
    this.#track = null;
  }

  /** Playing nothing in a click lets Safari play the agent later, when there is no click. */
  #unlockVoice() {
    if (!this.#voice.srcObject) this.#voice.play().catch(() => {});
  }

  #play() {
    this.#voice.play().catch((refusal) => {
      if (refusal.name === "NotAllowedError") this.#set({ soundBlocked: true });
    });
  }

  #keep() {
    const { caller, muted, connectedAt, listening, agent } = this.state;
    const { token, iceServers, after } = this.#started;
    const peers = this.#peers?.ids() ?? [];
    this.#kept.write({ token, iceServers, after, caller, muted, connectedAt, listening, agent, peers });
  }

  #stop(screen, key, values = {}, retry = null, listen = false) {
    this.#set({ screen, problem: { key, values, retry, listen } });
  }

  #set(changes) {
    Object.assign(this.state, changes);
    this.#changed();
  }
}

function sentence(trouble) {
  if (!(trouble instanceof Refused) || trouble.status >= 500) return ["problem.network", {}];
  if (trouble.status === 429) return ["problem.busyServer", { n: trouble.retryAfter }];
  return ["problem.refused", { reason: trouble.message }];
}

function fieldErrors(trouble) {
  if (!(trouble instanceof Refused) || !trouble.fields.length) return null;
  const keys = { name: "form.name.missing", phone: "form.phone.wrong" };
  const known = trouble.fields.filter(({ field }) => field in keys);
  return known.length ? Object.fromEntries(known.map(({ field }) => [field, keys[field]])) : null;
}
