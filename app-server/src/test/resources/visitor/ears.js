// Runs before a page's own scripts in tests: remembers its WebRTC connections and can listen to what an audio element
// plays. The page is not changed by it.
(() => {
  const connections = [];
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...given) {
      super(...given);
      connections.push(this);
    }
  };

  window.ears = {
    connections,

    /** What the element plays in the next milliseconds: samples at 8 kHz from -32768 to 32767; zeros for silence. */
    async listen(selector, milliseconds) {
      const length = Math.round(milliseconds * 8);
      const element = document.querySelector(selector);
      const context = new AudioContext({ sampleRate: 8000 });
      await context.resume();
      // Half a second at once: on a busy machine the page may be late, and smaller buffers would lose pieces.
      const recorder = context.createScriptProcessor(4096, 1, 1);
      const heard = [];
      let stream = null;
      let source = null;
      const tune = () => {
        if (stream === element.srcObject) return;
        source?.disconnect();
        stream = element.srcObject;
        source = stream?.getAudioTracks().length ? context.createMediaStreamSource(stream) : null;
        source?.connect(recorder);
      };
      tune();
      recorder.connect(context.destination);
      await new Promise((done) => {
        recorder.onaudioprocess = ({ inputBuffer }) => {
          tune();
          const silent = element.muted || element.paused || !source;
          for (const sample of inputBuffer.getChannelData(0)) heard.push(silent ? 0 : Math.round(sample * 32767));
          if (heard.length >= length) done();
        };
      });
      recorder.onaudioprocess = null;
      await context.close();
      return heard.slice(0, length);
    },
  };
})();
