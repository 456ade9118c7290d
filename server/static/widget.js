// Puts a button and a chat on the page of another site. All of it stands in a shadow tree and a frame:
// the page's styles do not reach it, nor its styles the page. One tag does it:
// <script src="https://HOST/widget.js" async></script>
(() => {
  const script = document.currentScript;
  if (!script?.src || window.tiaowen) return;
  const { position, title, area, language, documents, key, theme } = script.dataset;
  const host = new URL(script.src).origin;
  const english = language === "en";
  const say = english
    ? { name: title || "Ask about policies", open: "Ask about policies", close: "Close", failed: "The chat cannot be opened on this page.", there: "Open it in a new window" }
    : { name: title || "问政策", open: "问政策", close: "关闭", failed: "这里不能打开问答。", there: "在新窗口打开" };
  const light = "--ground:#fff;--ink:#171b20;--line:#76808b;--accent:#17487a;--on:#fff;--hover:#e9edf1;color-scheme:light";
  const dark = "--ground:#171b1f;--ink:#e9ecef;--line:#7d8893;--accent:#8fbfec;--on:#0c1a28;--hover:#21272d;color-scheme:dark";
  const side = position === "left" ? "left" : "right";
  const css = `
:host { all: initial; }
section { ${theme === "dark" ? dark : light}; font: 16px/1.5 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
${theme ? "" : `@media (prefers-color-scheme: dark) { section { ${dark}; } }`}
button { font: inherit; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.open { position: fixed; z-index: 2147483000; ${side}: 16px; bottom: 16px; display: flex; align-items: center; gap: 8px; min-height: 48px; padding: 0 18px; border: 2px solid var(--on); border-radius: 24px; background: var(--accent); color: var(--on); font-weight: 600; }
dialog { position: fixed; z-index: 2147483000; inset: auto; ${side}: 16px; bottom: 80px; flex-direction: column; box-sizing: border-box; width: min(400px, calc(100vw - 32px)); height: min(640px, calc(100vh - 96px)); max-width: none; max-height: none; margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); }
dialog[open] { display: flex; }
dialog::backdrop { background: var(--ground); }
header { display: flex; align-items: center; justify-content: space-between; padding: 4px 4px 4px 16px; border-bottom: 1px solid var(--line); }
h2 { margin: 0; font-size: 16px; font-weight: 600; }
.close { display: grid; place-items: center; width: 44px; height: 44px; border: 0; border-radius: 3px; background: none; color: inherit; }
.close:hover { background: var(--hover); }
iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: var(--ground); }
p { margin: 0; padding: 16px; }
a { color: var(--accent); }
svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
[hidden] { display: none; }
@media (max-width: 40rem), (max-height: 30rem) { dialog { inset: 0; width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; } }
@media print { section { display: none; } }`;
  const narrow = matchMedia("(max-width: 40rem), (max-height: 30rem)");

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...children);
    return node;
  }
  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }
  const address = new URL("/widget", host);
  for (const [name, value] of [["key", key], ["area", area], ["theme", theme], ["lang", english ? "en" : ""]]) {
    if (value) address.searchParams.set(name, value);
  }
  for (const id of (documents || "").split(",")) if (id.trim()) address.searchParams.append("document", id.trim());

  const button = make("button", { class: "open", type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" },
    icon("M4 5h16v11H10l-4 4v-4H4z"), say.open);
  const close = make("button", { class: "close", type: "button", "aria-label": say.close }, icon("M6 6l12 12M18 6L6 18"));
  const frame = make("iframe", { title: say.name });
  const failed = make("p", { role: "alert", hidden: "" });
  const dialog = make("dialog", { "aria-labelledby": "name" },
    make("header", {}, make("h2", { id: "name" }, say.name), close), failed, frame);
  const outside = make("tiaowen-widget", { lang: english ? "en" : "zh-CN" });
  const shadow = outside.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(make("section", { "aria-label": say.name }, button, dialog));

  let ready = false;
  function focusFrame() {
    frame.focus();
    frame.contentWindow.postMessage({ tiaowen: "focus" }, host);
  }
  function open() {
    if (dialog.open) return;
    if (!frame.src) {
      frame.src = address;
      setTimeout(giveUp, 10000);
    }
    // On a phone it covers the page, which then is out of reach of keyboard and reader.
    if (narrow.matches) dialog.showModal();
    else dialog.show();
    button.setAttribute("aria-expanded", "true");
    if (ready) focusFrame();
  }
  /** The browser does not say that it refused a frame; its page stays silent. */
  function giveUp() {
    if (ready) return;
    failed.hidden = false;
    failed.append(say.failed);
    if (!key) failed.append(" ", make("a", { href: host + "/", target: "_blank", rel: "noopener" }, say.there));
  }
  button.addEventListener("click", () => (dialog.open ? dialog.close() : open()));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") dialog.close(); });
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // opened again meanwhile, in another size
    button.setAttribute("aria-expanded", "false");
    button.focus();
  });
  narrow.addEventListener("change", () => { if (dialog.open) { dialog.close(); open(); } });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== host) return;
    if (event.data?.tiaowen === "close") dialog.close();
    else if (event.data?.tiaowen === "ready") {
      ready = true;
      failed.hidden = true;
      if (dialog.open) focusFrame();
    }
  });
  window.tiaowen = Object.freeze({ open, close: () => dialog.close() });
  const begin = () => document.body.append(outside);
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
