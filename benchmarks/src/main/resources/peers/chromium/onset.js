// Tells the context time of the first sample of each tone that comes after silence.
registerProcessor('onset', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.quiet = sampleRate;
  }

  process(inputs) {
    const samples = inputs[0][0];
    if (!samples) return true;
    for (let i = 0; i < samples.length; i++) {
      if (Math.abs(samples[i]) > 0.05) {
        if (this.quiet > sampleRate / 10) this.port.postMessage(currentTime + i / sampleRate);
        this.quiet = 0;
      } else {
        this.quiet++;
      }
    }
    return true;
  }
});
