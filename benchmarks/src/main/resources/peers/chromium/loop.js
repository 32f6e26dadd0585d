// Two peer connections in one page, as a browser softphone would make them: set-up time, and mouth to ear as the time
// between a tone's first sample going in and its first sample coming out. ?rounds= tones, ?calls= set-ups.
const query = new URLSearchParams(location.search);
const context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
await context.audioWorklet.addModule('onset.js');
await context.resume();

function connect(track, stream) {
  const began = performance.now();
  const near = new RTCPeerConnection();
  const far = new RTCPeerConnection();
  near.onicecandidate = e => e.candidate && far.addIceCandidate(e.candidate);
  far.onicecandidate = e => e.candidate && near.addIceCandidate(e.candidate);
  const heard = new Promise(done => { far.ontrack = e => done(e.streams[0]); });
  near.addTrack(track, stream);
  const connected = new Promise(done => {
    const look = () => near.connectionState === 'connected' && far.connectionState === 'connected' && done(performance.now() - began);
    near.onconnectionstatechange = look;
    far.onconnectionstatechange = look;
  });
  (async () => {
    await near.setLocalDescription(await near.createOffer());
    await far.setRemoteDescription(near.localDescription);
    await far.setLocalDescription(await far.createAnswer());
    await near.setRemoteDescription(far.localDescription);
  })();
  return { near, far, heard, connected };
}

const pause = ms => new Promise(done => setTimeout(done, ms));
const tone = new OscillatorNode(context, { frequency: 440 });
const mouth = new GainNode(context, { gain: 0 });
const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
tone.connect(mouth).connect(out);
tone.start();
const [track] = out.stream.getAudioTracks();

const setUps = [];
for (let i = 0; i < Number(query.get('calls') ?? 10); i++) {
  const call = connect(track, out.stream);
  setUps.push(await call.connected);
  call.near.close();
  call.far.close();
  await pause(50);
}

const call = connect(track, out.stream);
const stream = await call.heard;
await call.connected;
// Chromium decodes a remote stream only while an element plays it.
const element = new Audio();
element.srcObject = stream;
element.muted = true;
await element.play();
const ear = new AudioWorkletNode(context, 'onset');
new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(ear);
ear.connect(new GainNode(context, { gain: 0 })).connect(context.destination);
await pause(2000);

const delays = [];
for (let i = 0; i < Number(query.get('rounds') ?? 30); i++) {
  const said = context.currentTime + 0.05;
  const heard = new Promise(done => { ear.port.onmessage = e => e.data > said && done(e.data); });
  mouth.gain.setValueAtTime(0.5, said);
  mouth.gain.setValueAtTime(0, said + 0.1);
  const at = await Promise.race([heard, pause(2000).then(() => NaN)]);
  if (!Number.isNaN(at)) delays.push((at - said) * 1000);
  await pause(400 + Math.random() * 50);
}
await fetch('result', { method: 'POST', body: JSON.stringify({ setUps, delays }) });
