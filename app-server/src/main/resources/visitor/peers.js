// The WebRTC connections of the page: one for each console that the call rings at, and one for the agent who answered.
// The consoles offer, the page answers (JSEP, RFC 8829; trickle ICE, RFC 8838). All of them are set up while it rings,
// each with its own disabled copy of the microphone, so that answering only has to open what is there already, and
// nobody but the agent who answered ever hears the visitor.

/** How long a connection may be cut before we ask for new paths, and how often we ask again (milliseconds). */
const CUT = 2_000;
const ASK_AGAIN = 4_000;
/** A peer without any connection is asked to begin afresh after this (milliseconds). */
const MISSING = 500;

export class Peers {
  #iceServers;
  #call;
  #me;
  #send;
  #changed;
  #microphone = null;
  #peers = new Map();
  #live = null;
  #open = false;
  #missing = 0;

  /**
   * @param send takes a Signal
   * @param changed called with the live peer's state (`connecting`, `connected`, `disconnected`, `failed`) and stream
   */
  constructor({ iceServers, call, me, send, changed }) {
    this.#iceServers = iceServers;
    this.#call = call;
    this.#me = me;
    this.#send = send;
    this.#changed = changed;
  }

  set iceServers(servers) {
    this.#iceServers = servers;
  }

  get state() {
    return this.#peers.get(this.#live)?.state ?? "connecting";
  }

  get stream() {
    return this.#peers.get(this.#live)?.stream ?? null;
  }

  /** The microphone's track, or null for a visitor who only listens. May change in the middle of a call. */
  useMicrophone(track) {
    this.#microphone = track;
    for (const peer of this.#peers.values()) peer.useMicrophone(track);
    this.#apply();
  }

  /**
   * Says who is talked to.
   * @param live the participant who answered; null while nobody has
   * @param open whether that participant may hear the visitor now
   */
  talkTo(live, open) {
    if (live && live !== this.#live) {
      // The others lost the race. They must not hear a word, whatever happens to the server's good-bye to them.
      for (const [id, peer] of this.#peers) if (id !== live) this.#forget(id, peer);
    }
    this.#live = live;
    this.#open = open;
    this.#apply();
    clearTimeout(this.#missing);
    if (live) this.#missing = setTimeout(() => this.#begForOffer(), this.#peers.has(live) ? ASK_AGAIN : MISSING);
    this.#changed();
  }

  receive(signal) {
    if (signal.call !== this.#call || signal.to !== this.#me) return;
    let peer = this.#peers.get(signal.from);
    switch (signal.kind) {
      case "offer":
        if (peer?.session !== signal.session) {
          if (peer?.outlived.has(signal.session)) return;
          peer = this.#replace(signal.from, signal.session, peer);
        }
        peer.offered(signal.sdp);
        break;
      case "candidate":
        if (peer?.session === signal.session) peer.candidate(signal);
        break;
      case "bye":
        if (peer && !peer.outlived.has(signal.session)) this.#forget(signal.from, peer);
        break;
      default: // The page never offers: answers and requests for offers are not for it.
    }
  }

  /** The network changed: asks every peer for new paths at once. */
  restart() {
    for (const peer of this.#peers.values()) peer.askForPaths();
  }

  /** Asks these participants, known before the page was loaded again, for connections. */
  beg(ids) {
    for (const id of ids) if (!this.#peers.has(id)) this.#signal(id, "none", { kind: "renegotiate" });
  }

  ids() {
    return [...this.#peers.keys()];
  }

  /** Sends the key's tone in band (RFC 4733). @returns whether the connection carries tones now */
  tone(key) {
    return this.#peers.get(this.#live)?.tone(key) ?? false;
  }

  /** @returns what getStats says of the live connection; null without one */
  stats() {
    return this.#peers.get(this.#live)?.stats() ?? null;
  }

  close() {
    clearTimeout(this.#missing);
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
    this.#live = null;
  }

  #replace(id, session, old) {
    old?.close();
    const peer = new Peer(session, this.#iceServers, this.#microphone, {
      send: (what) => this.#signal(id, session, what),
      changed: () => {
        if (id === this.#live) this.#changed();
      },
    });
    if (old) peer.outlived = new Set([...old.outlived, old.session]);
    this.#peers.set(id, peer);
    this.#apply();
    return peer;
  }

  #forget(id, peer) {
    peer.close();
    this.#peers.delete(id);
    if (id === this.#live) this.#changed();
  }

  #apply() {
    for (const [id, peer] of this.#peers) peer.open(this.#open && id === this.#live);
  }

  #begForOffer() {
    if (!this.#live || this.#peers.has(this.#live)) return;
    this.beg([this.#live]);
    this.#missing = setTimeout(() => this.#begForOffer(), ASK_AGAIN);
  }

  #signal(to, session, what) {
    this.#send({ call: this.#call, from: this.#me, to, session, ...what });
  }
}

/** One connection. What the other side says is worked off strictly in order. */
class Peer {
  /** Sessions that this one took the place of: what comes late from them is not for it. */
  outlived = new Set();
  stream = null;
  #pc;
  #send;
  #changed;
  #track;
  #isOpen = false;
  #work = Promise.resolve();
  #early = [];
  #held = null;
  #cut = 0;

  constructor(session, iceServers, microphone, { send, changed }) {
    this.session = session;
    this.#send = send;
    this.#changed = changed;
    this.#track = copyOf(microphone);
    this.#pc = new RTCPeerConnection({ iceServers });
    this.#pc.onicecandidate = ({ candidate }) => this.#found(candidate);
    this.#pc.ontrack = ({ track, streams }) => {
      this.stream = streams[0] ?? new MediaStream([track]);
      this.#changed();
    };
    const look = () => this.#look();
    this.#pc.onconnectionstatechange = look;
    this.#pc.oniceconnectionstatechange = look;
  }

  get state() {
    const { connectionState: all, iceConnectionState: ice } = this.#pc;
    if (all === "failed" || ice === "failed") return "failed";
    if (all === "disconnected" || ice === "disconnected") return "disconnected";
    return all === "connected" ? "connected" : "connecting";
  }

  offered(sdp) {
    this.#do(async () => {
      await this.#pc.setRemoteDescription({ type: "offer", sdp });
      for (const candidate of this.#early.splice(0)) await this.#add(candidate);
      for (const transceiver of this.#pc.getTransceivers()) {
        if (transceiver.receiver.track.kind !== "audio" || transceiver.currentDirection === "stopped") continue;
        // Both ways even without a microphone: one that is connected later needs no new offer.
        transceiver.direction = "sendrecv";
        if (transceiver.sender.track !== this.#track) await transceiver.sender.replaceTrack(this.#track);
      }
      this.#held = [];
      await this.#pc.setLocalDescription(await this.#pc.createAnswer());
      this.#send({ kind: "answer", sdp: this.#pc.localDescription.sdp });
      const found = this.#held;
      this.#held = null;
      for (const candidate of found) this.#found(candidate);
    });
  }

  candidate(signal) {
    const candidate = signal.candidate && {
      candidate: signal.candidate,
      sdpMid: signal.mid,
      sdpMLineIndex: signal.lineIndex,
    };
    this.#do(() => {
      if (this.#pc.remoteDescription) return this.#add(candidate);
      this.#early.push(candidate);
    });
  }

  useMicrophone(track) {
    this.#track?.stop();
    this.#track = copyOf(track);
    this.open(this.#isOpen);
    this.#do(async () => {
      const sender = this.#audioSender();
      if (sender) await sender.replaceTrack(this.#track);
    });
  }

  open(isOpen) {
    this.#isOpen = isOpen;
    if (this.#track) this.#track.enabled = isOpen;
  }

  askForPaths() {
    this.#send({ kind: "restartIce" });
  }

  tone(key) {
    const dtmf = this.#audioSender()?.dtmf;
    if (!dtmf || dtmf.canInsertDTMF === false) return false;
    dtmf.insertDTMF(dtmf.toneBuffer + key, 120, 70);
    return true;
  }

  stats() {
    return this.#pc.getStats();
  }

  close() {
    clearTimeout(this.#cut);
    this.#pc.onicecandidate = this.#pc.ontrack = null;
    this.#pc.onconnectionstatechange = this.#pc.oniceconnectionstatechange = null;
    this.#pc.close();
    this.#track?.stop();
    this.stream = null;
  }

  #audioSender() {
    return this.#pc.getTransceivers().find(({ receiver }) => receiver.track.kind === "audio")?.sender;
  }

  #found(candidate) {
    if (this.#held) {
      this.#held.push(candidate);
      return;
    }
    this.#send({
      kind: "candidate",
      candidate: candidate?.candidate || null,
      mid: candidate?.sdpMid ?? null,
      lineIndex: candidate?.sdpMLineIndex ?? null,
    });
  }

  async #add(candidate) {
    // No candidate means that there are no more of them. Safari refuses null, so that nothing is said then.
    if (!candidate) return;
    try {
      await this.#pc.addIceCandidate(candidate);
    } catch (refused) {
      // One unusable path (an old generation, a name that cannot be resolved) does not spoil the others.
      console.debug("candidate not used", refused);
    }
  }

  #look() {
    clearTimeout(this.#cut);
    const state = this.state;
    if (state === "disconnected") this.#cut = setTimeout(() => this.#mend(), CUT);
    if (state === "failed") this.#mend();
    this.#changed();
  }

  #mend() {
    if (!["disconnected", "failed"].includes(this.state)) return;
    this.askForPaths();
    this.#cut = setTimeout(() => this.#mend(), ASK_AGAIN);
  }

  #do(step) {
    this.#work = this.#work.then(async () => {
      if (this.#pc.signalingState === "closed") return;
      try {
        await step();
      } catch (trouble) {
        if (this.#pc.signalingState === "closed") return;
        console.warn("the offer could not be used; a new connection is asked for", trouble);
        this.#send({ kind: "renegotiate" });
      }
    });
  }
}

function copyOf(track) {
  const copy = track?.clone() ?? null;
  if (copy) copy.enabled = false;
  return copy;
}
