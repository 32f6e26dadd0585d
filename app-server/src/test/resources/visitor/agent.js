// An agent for tests: speaks the live protocol as the console does, with a connection of its own for each call. Run in
// any page of the server.
window.agent = {
  offer: null,
  answered: false,
  call: null,
  pc: null,
  session: null,
  events: [],
  asked: new Map(),
  early: [],
  started: Promise.resolve(),

  async signIn(token, speech) {
    document.body.replaceChildren();
    const ear = document.createElement("audio");
    ear.id = "agent-ear";
    ear.autoplay = true;
    document.body.append(ear);
    this.ear = ear;
    // Large buffers: the tab is in the background, and a busy machine would cut pieces out of the sentence.
    const context = new AudioContext({ latencyHint: "playback" });
    await context.resume();
    const bytes = Uint8Array.from(atob(speech), (character) => character.charCodeAt(0));
    const voice = context.createBufferSource();
    voice.buffer = await context.decodeAudioData(bytes.buffer);
    voice.loop = true;
    const out = context.createMediaStreamDestination();
    voice.connect(out);
    voice.start();
    this.track = out.stream.getAudioTracks()[0];
    this.track.enabled = false;
    await new Promise((done, failed) => {
      const address = new URL("/live", location.href);
      address.protocol = address.protocol.replace("http", "ws");
      this.socket = new WebSocket(address);
      this.socket.onerror = failed;
      this.socket.onopen = () =>
        this.socket.send(JSON.stringify({ type: "hello", token, device: "test", takesCalls: true }));
      this.socket.onmessage = ({ data }) => this.heard(JSON.parse(data), done, failed);
    });
    return await this.tell("agent.setState", { state: "available" });
  },

  tell(type, data) {
    const id = Math.random().toString(36).slice(2);
    return new Promise((done, failed) => {
      this.asked.set(id, { done, failed });
      this.socket.send(JSON.stringify({ type, id, data }));
    });
  },

  command(type, more = {}) {
    return this.tell(type, { call: this.call.id, ...more });
  },

  heard(frame, welcomed, failed) {
    switch (frame.type) {
      case "welcome":
        return welcomed();
      case "reply":
      case "error": {
        const asked = this.asked.get(frame.to);
        this.asked.delete(frame.to);
        if (frame.type === "reply") return asked?.done(frame.data);
        return asked ? asked.failed(new Error(JSON.stringify(frame.error))) : failed(new Error(JSON.stringify(frame.error)));
      }
      default:
        this.events.push(frame);
        this.happened(frame.type, frame.data);
    }
  },

  happened(type, data) {
    if (type === "call.offered") {
      this.offer = data.offer;
      this.call = data.offer.call;
      this.answered = false;
      this.connect();
    } else if (type === "participant.signalled") {
      this.started = this.started.then(() => this.signalled(data.signal));
    } else if (data.call && data.call.id === this.call?.id) {
      this.call = data.call;
      const over = ["wrapUp", "closed", "abandoned", "missed", "failed"].includes(data.call.status);
      if (over || (type === "call.ended")) this.disconnect();
    }
  },

  async connect() {
    const keepOffer = this.offer;
    this.disconnect();
    this.offer = keepOffer;
    this.session = Math.random().toString(36).slice(2);
    this.pc = new RTCPeerConnection({ iceServers: keepOffer.iceServers });
    this.pc.addTrack(this.track);
    this.track.enabled = this.answered;
    this.pc.ontrack = ({ track }) => {
      this.ear.srcObject = new MediaStream([track]);
      this.ear.play().catch(() => {});
    };
    this.pc.onicecandidate = ({ candidate }) =>
      this.signal("candidate", {
        candidate: candidate?.candidate || null,
        mid: candidate?.sdpMid ?? null,
        lineIndex: candidate?.sdpMLineIndex ?? null,
      });
    await this.makeOffer({});
  },

  async makeOffer(options) {
    const { session } = this;
    await this.pc.setLocalDescription(await this.pc.createOffer(options));
    if (session === this.session) this.signal("offer", { sdp: this.pc.localDescription.sdp });
  },

  async signalled(signal) {
    if (signal.kind === "renegotiate" && signal.session !== this.session) return this.connect();
    if (signal.session !== this.session || !this.pc) return;
    switch (signal.kind) {
      case "answer":
        await this.pc.setRemoteDescription({ type: "answer", sdp: signal.sdp });
        for (const candidate of this.early.splice(0)) await this.pc.addIceCandidate(candidate);
        break;
      case "candidate": {
        if (!signal.candidate) break;
        const candidate = { candidate: signal.candidate, sdpMid: signal.mid, sdpMLineIndex: signal.lineIndex };
        if (this.pc.remoteDescription) await this.pc.addIceCandidate(candidate);
        else this.early.push(candidate);
        break;
      }
      case "restartIce":
        return this.makeOffer({ iceRestart: true });
      case "renegotiate":
        return this.makeOffer({});
    }
  },

  signal(kind, more) {
    const { call, me, peer } = this.offer;
    return this.tell("signal.send", { call: call.id, from: me, to: peer, session: this.session, kind, ...more });
  },

  async answer() {
    await this.command("call.answer");
    this.answered = true;
    this.track.enabled = true;
  },

  async hold(held) {
    await this.command(held ? "call.hold" : "call.resume");
    for (const transceiver of this.pc.getTransceivers()) transceiver.direction = held ? "inactive" : "sendrecv";
    await this.makeOffer({});
  },

  disconnect() {
    this.pc?.close();
    this.pc = null;
    this.offer = null;
    this.early = [];
    this.ear.srcObject = null;
  },
};
