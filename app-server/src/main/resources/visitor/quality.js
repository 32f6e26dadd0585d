// How good the sound is, from what getStats says.

/** The E-model (ITU-T G.107, simplified) on what arrived since `before`. */
export function meanOpinion(stats, before) {
  let received = 0;
  let lost = 0;
  let delay = 20;
  for (const entry of stats.values()) {
    if (entry.type === "inbound-rtp" && entry.kind === "audio") {
      received += entry.packetsReceived ?? 0;
      lost += entry.packetsLost ?? 0;
      delay += (entry.jitter ?? 0) * 2000;
    }
    if (entry.type === "candidate-pair" && entry.nominated) delay += (entry.currentRoundTripTime ?? 0) * 500;
  }
  const seen = { received, lost };
  if (!before || received <= before.received) return { value: null, seen };
  const missing = Math.max(0, lost - before.lost);
  const share = (100 * missing) / (missing + received - before.received);
  const fromDelay = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const quality = Math.min(100, Math.max(0, 93.2 - fromDelay - (95 * share) / (share + 10)));
  const mos = 1 + 0.035 * quality + quality * (quality - 60) * (100 - quality) * 7e-6;
  return { value: Math.round(Math.min(4.5, Math.max(1, mos)) * 100) / 100, seen };
}
