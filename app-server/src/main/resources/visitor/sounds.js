// What the page plays by itself: music while waiting and a key's tone. Made here with WebAudio, so that nothing has to
// be loaded and nothing has to be licensed.

/** Four chords, one bar each, as semitones from A3. Slow and quiet: some hear it for minutes. */
const CHORDS = [
  [0, 4, 7, 11],
  [-3, 0, 4, 7],
  [-7, -3, 0, 4],
  [-5, -1, 2, 5],
];
const BEAT_SECONDS = 0.48;
const LOUDNESS = 0.06;

const KEY_TONES = {
  1: [697, 1209], 2: [697, 1336], 3: [697, 1477],
  4: [770, 1209], 5: [770, 1336], 6: [770, 1477],
  7: [852, 1209], 8: [852, 1336], 9: [852, 1477],
  "*": [941, 1209], 0: [941, 1336], "#": [941, 1477],
};

export class Sounds {
  #context = null;
  #music = null;

  /** Call it in a click: browsers let a page sound only after one. */
  unlock() {
    const Context = window.AudioContext ?? window.webkitAudioContext;
    if (!Context) return;
    this.#context ??= new Context();
    if (this.#context.state !== "running") this.#context.resume().catch(() => {});
  }

  /** Plays or stops the music; saying the same again does nothing. */
  music(plays) {
    if (!plays || !this.#context) this.#stop();
    else if (!this.#music) this.#play();
  }

  key(key) {
    const tones = KEY_TONES[key];
    if (!this.#context || !tones) return;
    const now = this.#context.currentTime;
    for (const frequency of tones) this.#note(this.#context.destination, frequency, now, 0.12, 0.05, "sine");
  }

  #play() {
    const out = this.#context.createGain();
    out.gain.value = LOUDNESS;
    const soft = this.#context.createBiquadFilter();
    soft.type = "lowpass";
    soft.frequency.value = 1400;
    soft.connect(out).connect(this.#context.destination);
    let beat = 0;
    let next = this.#context.currentTime + 0.05;
    // Notes are set a little ahead by the audio clock; the timer only has to be there in time.
    const ahead = () => {
      if (next < this.#context.currentTime) next = this.#context.currentTime + 0.05;
      while (next < this.#context.currentTime + 1.5) {
        const chord = CHORDS[Math.floor(beat / 8) % CHORDS.length];
        const semitone = chord[[0, 2, 1, 3, 2, 1, 3, 2][beat % 8]];
        this.#note(soft, 220 * 2 ** (semitone / 12 + 1), next, BEAT_SECONDS * 1.8, 0.5, "triangle");
        if (beat % 8 === 0) this.#note(soft, 110 * 2 ** (chord[0] / 12), next, BEAT_SECONDS * 8, 0.6, "sine");
        beat++;
        next += BEAT_SECONDS;
      }
    };
    ahead();
    this.#music = { out, timer: setInterval(ahead, 500) };
  }

  #stop() {
    if (!this.#music) return;
    clearInterval(this.#music.timer);
    const { out } = this.#music;
    this.#music = null;
    out.gain.setTargetAtTime(0, this.#context.currentTime, 0.02);
    setTimeout(() => out.disconnect(), 200);
  }

  #note(to, frequency, at, seconds, loudness, shape) {
    const oscillator = this.#context.createOscillator();
    const envelope = this.#context.createGain();
    oscillator.type = shape;
    oscillator.frequency.value = frequency;
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(loudness, at + 0.02);
    envelope.gain.setTargetAtTime(0, at + 0.04, seconds / 3);
    oscillator.connect(envelope).connect(to);
    oscillator.start(at);
    oscillator.stop(at + seconds + 0.3);
  }
}
