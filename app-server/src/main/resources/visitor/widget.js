// A button that calls, for any site:
//
//   <script src="https://calls.example.com/widget.js" data-company="demo" async></script>
//
// Further attributes: data-label (the button's words), data-color (#rrggbb), data-position (`bottom-right`,
// `bottom-left`, `top-right`, `top-left`), data-lang, data-name and data-phone (what the site knows of its visitor).
// The call page opens in a frame; where the site or the browser refuses frames or the microphone in them, in a window.
// Nothing is left in the site's global scope and none of its styles come in: everything is in a shadow tree.
(() => {
  "use strict";
  const script = document.currentScript;
  const data = script?.dataset ?? {};
  if (!data.company) return console.error("patchbay: the script tag needs data-company");

  const WORDS = {
    en: { call: "Call us", title: "Call", close: "Close", minimise: "Minimise", window: "Open in a window", inCall: "In a call" },
    de: { call: "Anrufen", title: "Anruf", close: "Schließen", minimise: "Verkleinern", window: "In einem Fenster öffnen", inCall: "Im Gespräch" },
  };
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    .corner { position: fixed; z-index: 2147483000; display: flex; flex-direction: column; gap: 12px;
      font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; max-width: calc(100vw - 32px); }
    .bottom { bottom: 16px; } .top { top: 16px; flex-direction: column-reverse; }
    .right { right: 16px; align-items: flex-end; } .left { left: 16px; align-items: flex-start; }
    button { font: inherit; cursor: pointer; border: 0; }
    .open { display: flex; align-items: center; gap: 8px; min-height: 56px; padding: 12px 20px; border-radius: 28px;
      background: var(--colour); color: var(--on-colour); font-weight: 600;
      box-shadow: 0 2px 6px rgb(0 0 0 / 30%), 0 6px 20px rgb(0 0 0 / 20%); }
    .open svg { width: 24px; height: 24px; fill: currentcolor; }
    :focus-visible { outline: 3px solid var(--colour); outline-offset: 3px; }
    .panel { display: flex; flex-direction: column; width: 400px; max-width: 100%; height: 640px;
      max-height: calc(100vh - 112px); background: #fff; color: #1a1f26; border-radius: 16px; overflow: hidden;
      box-shadow: 0 8px 40px rgb(0 0 0 / 35%); }
    .bar { display: flex; justify-content: flex-end; gap: 4px; padding: 4px; }
    .bar button { min-width: 48px; min-height: 44px; padding: 4px 12px; border-radius: 8px; background: none; color: inherit; }
    .bar button:hover { background: rgb(128 128 128 / 20%); }
    iframe { flex: 1; width: 100%; border: 0; }
    @media (prefers-color-scheme: dark) { .panel { background: #1c2128; color: #e9ecf0; } }
    @media (max-width: 480px) { .panel { width: calc(100vw - 32px); } }
    @media (forced-colors: active) { .panel, .open { border: 1px solid; } }
  `;
  /** A frame that has not said "ready" by then (milliseconds) was refused. */
  const PATIENCE = 6000;

  const root = new URL(".", script.src);
  const language = (data.lang || document.documentElement.lang || navigator.language || "en").toLowerCase().split("-")[0];
  const words = WORDS[language] ?? WORDS.en;
  const address = new URL(`call/${encodeURIComponent(data.company)}`, root);
  const given = new URLSearchParams();
  for (const key of ["name", "phone", "lang"]) if (data[key]) given.set(key, data[key]);
  address.hash = given.toString();

  const [vertical, horizontal] = (data.position || "bottom-right").split("-");
  const colour = /^#[0-9a-f]{6}$/i.test(data.color ?? "") ? data.color : "#1d5fbf";

  const host = document.createElement("patchbay-call");
  const shadow = host.attachShadow({ mode: "open" });
  const corner = element("div", `corner ${vertical === "top" ? "top" : "bottom"} ${horizontal === "left" ? "left" : "right"}`);
  style(`${STYLE} .corner { --colour: ${colour}; --on-colour: ${isLight(colour) ? "#000000" : "#ffffff"}; }`);

  const open = element("button", "open");
  open.type = "button";
  open.setAttribute("aria-haspopup", "dialog");
  open.setAttribute("aria-expanded", "false");
  const label = element("span");
  label.textContent = data.label || words.call;
  open.append(picture(), label);

  const panel = element("div", "panel");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", data.label || words.title);
  panel.hidden = true;
  const bar = element("div", "bar");
  const elsewhere = button(words.window);
  elsewhere.hidden = true;
  const close = button(words.close);
  bar.append(elsewhere, close);
  panel.append(bar);
  corner.append(panel, open);
  shadow.append(corner);

  let frame = null;
  let refused = 0;
  let screen = "form";

  open.addEventListener("click", () => (panel.hidden ? show() : hide()));
  close.addEventListener("click", hide);
  elsewhere.addEventListener("click", () => {
    window.open(address, "_blank", "noopener");
    hide();
  });
  shadow.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) hide();
  });
  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== root.origin) return;
    clearTimeout(refused);
    elsewhere.hidden = true;
    if (event.data?.patchbay !== "screen") return;
    screen = event.data.screen;
    const busy = inCall();
    label.textContent = busy ? words.inCall : data.label || words.call;
    close.textContent = busy ? words.minimise : words.close;
  });

  if (document.body) document.body.append(host);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(host));

  function show() {
    if (!framesMayListen()) {
      window.open(address, "_blank", "noopener");
      return;
    }
    panel.hidden = false;
    open.setAttribute("aria-expanded", "true");
    if (!frame) {
      frame = element("iframe");
      frame.title = data.label || words.title;
      frame.allow = `microphone ${root.origin}; autoplay ${root.origin}; speaker-selection ${root.origin}`;
      frame.src = address;
      panel.append(frame);
      refused = setTimeout(() => (elsewhere.hidden = false), PATIENCE);
    }
    frame.focus();
  }

  /** A call goes on when the panel is closed; without one the frame goes, and with it the microphone. */
  function hide() {
    panel.hidden = true;
    open.setAttribute("aria-expanded", "false");
    clearTimeout(refused);
    if (!inCall()) {
      frame?.remove();
      frame = null;
      elsewhere.hidden = true;
    }
    open.focus();
  }

  function inCall() {
    return ["waiting", "connected", "held"].includes(screen);
  }

  /** Insecure sites cannot hand a microphone to a frame; a site's own policy may forbid it (only Chromium tells). */
  function framesMayListen() {
    const policy = document.permissionsPolicy ?? document.featurePolicy;
    if (!window.isSecureContext) return false;
    return policy?.allowsFeature?.("microphone") ?? true;
  }

  /** A sheet made by script is no inline style: it stands where the site's policy forbids those. */
  function style(text) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      const inline = element("style");
      inline.textContent = text;
      shadow.append(inline);
    }
  }

  function isLight(hex) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179;
  }

  function element(name, className = "") {
    const made = document.createElement(name);
    if (className) made.className = className;
    return made;
  }

  function button(text) {
    const made = element("button");
    made.type = "button";
    made.textContent = text;
    return made;
  }

  function picture() {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute(
      "d",
      "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.2.4 2.4.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1A17 17 0 0 1 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.2.2 2.4.6 3.6.1.3 0 .7-.2 1z",
    );
    svg.append(path);
    return svg;
  }
})();
