// Where the call page begins: `/call/{company}`. What a site that embeds it knows already comes behind the # (never
// sent to a server): `#name=…&phone=…&lang=de`.

import { Api } from "./api.js";
import { Sounds } from "./sounds.js";
import { View } from "./view.js";
import { Visit } from "./visit.js";
import { wordsFor } from "./words.js";

const given = new URLSearchParams(location.hash.slice(1));
const slug = decodeURIComponent(location.pathname.match(/\/call\/([^/]+)/)?.[1] ?? "");
const root = new URL("..", import.meta.url);

const wanted = [given.get("lang"), ...(navigator.languages ?? [navigator.language])].filter(Boolean);
const view = new View(await wordsFor(wanted), { name: given.get("name"), phone: given.get("phone") });
const visit = new Visit({
  slug,
  api: new Api(root),
  sounds: new Sounds(),
  voice: document.getElementById("voice"),
  changed: () => view.show(),
});
view.bind(visit);

window.addEventListener("pagehide", () => visit.leave());
// A page that comes back from the browser's cache has lost its connections: it begins again, as after a reload.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
window.addEventListener("beforeunload", (event) => visit.inCall && event.preventDefault());
window.addEventListener("online", () => visit.networkChanged());
navigator.connection?.addEventListener?.("change", () => visit.networkChanged());
document.addEventListener("visibilitychange", () => document.hidden || visit.awake());

await visit.open();
if (window.parent !== window) window.parent.postMessage({ patchbay: "ready" }, "*");
