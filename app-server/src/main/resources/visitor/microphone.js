// The visitor's microphone, and why it is not there.

/** Why there is no microphone: a key of the words (`problem.denied` and so on). */
export class NoMicrophone extends Error {
  constructor(why, cause) {
    super(why, { cause });
    this.why = why;
  }
}

/** Asks the browser for the microphone; the browser asks the visitor. @throws NoMicrophone */
export async function openMicrophone() {
  if (!window.isSecureContext) throw new NoMicrophone("problem.insecure");
  if (!navigator.mediaDevices?.getUserMedia) throw new NoMicrophone("problem.browser");
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    return stream.getAudioTracks()[0];
  } catch (refusal) {
    throw new NoMicrophone(reason(refusal), refusal);
  }
}

export function canCall() {
  return typeof RTCPeerConnection === "function" && typeof WebSocket === "function";
}

function reason(refusal) {
  switch (refusal.name) {
    case "NotAllowedError":
    case "SecurityError":
      return framedOut() ? "problem.framed" : "problem.denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "problem.none";
    default: // NotReadableError, AbortError: the device is there and does not open
      return "problem.busy";
  }
}

/** Whether the page around ours keeps the microphone from us. Only Chromium tells; elsewhere it looks like a refusal. */
function framedOut() {
  const policy = document.permissionsPolicy ?? document.featurePolicy;
  return window.parent !== window && policy?.allowsFeature?.("microphone") === false;
}
