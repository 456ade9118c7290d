// The page in the frame of the widget. Answers are drawn by the server, from its own templates.
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const { limits, words } = JSON.parse(find("#page-data").textContent);
const { key } = document.body.dataset;
const t = (text, ...values) => (Object.hasOwn(words, text) ? words[text] : text).replace(/\{\}/g, () => values.shift());
const [talk, box, send] = ["#talk", "#q", "#send"].map((selector) => find(selector));
const turns = []; // {question, node, answered}
let running = null; // AbortController of the question under way

/** Tell the page around the frame; nothing in it is secret, and it may stand on any allowed site. */
const tell = (what) => window.parent !== window && window.parent.postMessage({ tiaowen: what }, "*");
const say = (text) => { find("#say").textContent = text; };
const clone = (id) => find("#" + id).content.firstElementChild.cloneNode(true);
function element(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
}

/** Read Server-Sent Events from a response. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    buffer += value || "";
    const parts = buffer.split("\n\n");
    buffer = parts.pop();
    for (const part of parts) {
      const read = (name) => part.split("\n").find((line) => line.startsWith(name))?.slice(name.length).trim();
      if (read("data:")) yield [read("event:"), JSON.parse(read("data:"))];
    }
    if (done) return;
  }
}

/** The whole clause under a quote of it. */
function wholeClause(c) {
  const details = element("details");
  details.append(element("summary", "", t("整条原文")));
  const text = element("p");
  const at = c.text.indexOf(c.quote);
  if (at < 0) text.textContent = c.text;
  else text.append(c.text.slice(0, at), element("mark", "", c.quote), c.text.slice(at + c.quote.length));
  details.append(text);
  return details;
}
/** The answer as the server drew it, with what a frame needs. */
function drawn(answer, prefix) {
  const body = find(".turn-body", new DOMParser().parseFromString(answer.html, "text/html"));
  for (const link of all('a[href^="/"]', body)) {
    if (key) { link.replaceWith(element("b", "", link.textContent)); continue; } // the library wants another key
    link.target = "_blank";
    link.rel = "noopener";
    link.append(element("span", "hide", t("（新窗口）")));
  }
  for (const c of answer.citations) {
    const place = find("#" + CSS.escape(prefix + c.n), body);
    if (!place) continue;
    place.tabIndex = -1;
    if (c.text) place.lastElementChild.append(wholeClause(c));
  }
  return document.adoptNode(body);
}
function fill(turn, body, busy) {
  find(".turn-body", turn.node).replaceWith(body);
  turn.node.setAttribute("aria-busy", busy);
}
function setRunning(controller) {
  running = controller;
  send.classList.toggle("btn-main", !running);
  send.textContent = t(running ? "停止" : "提问");
}

async function run(turn) {
  const body = clone("loading");
  const [now, draft] = [find(".now span", body), find(".draft", body)];
  let answer;
  setRunning(new AbortController());
  fill(turn, body, true);
  turn.node.scrollIntoView();
  say(t("正在查找条文"));
  try {
    const conversation = turns.slice(0, turns.indexOf(turn)).filter((one) => one.answered).map((one) => one.question).slice(-20);
    const lang = document.documentElement.lang === "en" ? "?lang=en" : "";
    const response = await fetch("/widget/ask" + lang, {
      method: "POST", credentials: "omit", signal: running.signal,
      headers: { "Content-Type": "application/json", ...(key && { "X-API-Key": key }) },
      body: JSON.stringify({ question: turn.question, conversation, area: limits.area || null, documents: limits.documents, turn: turn.n }),
    });
    if (!response.ok) throw (await response.json().catch(() => null))?.error || {};
    for await (const [name, data] of events(response)) {
      if (name === "sources") {
        now.textContent = t("找到 {} 条相关条文，正在核对", data.hits.length);
        say(now.textContent);
      } else if (name === "delta") {
        draft.hidden = false;
        draft.lastElementChild.append(data.text.replaceAll("**", ""));
      } else if (name === "answer") answer = data;
      else if (name === "error") throw data.error;
    }
    if (!answer) throw { message: t("回答没有传完。") };
    turn.answered = true;
    fill(turn, drawn(answer, `ref-${turn.n}-`), false);
    say(find(".band", turn.node)?.textContent || t("已答：{}", ""));
  } catch (error) {
    const failed = clone("failed");
    const stopped = error.name === "AbortError";
    const why = stopped ? t("已停止") : error instanceof Error ? t("连接中断") : error.message || t("服务没有说明原因");
    find(".why", failed).textContent = why;
    fill(turn, failed, false);
    find("#warn").textContent = why;
  } finally {
    setRunning(null);
  }
}
function ask(question) {
  if (!question || running) { box.focus(); return; }
  find("#start")?.remove();
  const turn = { question, n: turns.length + 1, node: element("article", "turn") };
  const head = element("h2", "turn-q", question);
  head.id = "turn-" + turn.n;
  head.lang = "zh-CN";
  head.tabIndex = -1;
  turn.node.setAttribute("aria-labelledby", head.id);
  turn.node.append(head, element("div", "turn-body"));
  turns.push(turn);
  talk.append(turn.node);
  box.value = "";
  box.placeholder = t("接着问");
  fit();
  run(turn);
}
function fit() {
  box.style.height = "auto";
  box.style.height = box.scrollHeight + 2 + "px";
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) tell("close");
});
addEventListener("message", (event) => {
  if (event.source === window.parent && event.data?.tiaowen === "focus") (box || document.body).focus();
});
document.addEventListener("click", (event) => {
  const cite = event.target.closest(".cite");
  const button = event.target.closest("button");
  if (cite) {
    const place = find("#" + CSS.escape(cite.hash.slice(1)));
    if (!place) return;
    event.preventDefault();
    find("details", place)?.setAttribute("open", "");
    place.scrollIntoView({ block: "nearest" });
    place.focus({ preventScroll: true });
  } else if (button?.matches("[data-try]")) ask(button.textContent);
  else if (button?.matches("[data-again]") && !running) {
    const turn = turns.find((one) => one.node.contains(button));
    box.focus();
    run(turn);
  } else if (button === send && running) { event.preventDefault(); running.abort(); }
});
if (box) {
  find("#ask").addEventListener("submit", (event) => { event.preventDefault(); ask(box.value.trim()); });
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    ask(box.value.trim());
  });
}
tell("ready");
