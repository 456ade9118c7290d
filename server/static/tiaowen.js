// The page of Tiaowen. Data only ever becomes text nodes; fixed words and markup live in the templates.

/* Tools */
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : null);
/** Read or write local storage; silent where it is switched off. */
function stored(key, ...value) {
  try {
    return value.length ? localStorage.setItem("tiaowen." + key, value[0]) : localStorage.getItem("tiaowen." + key);
  } catch { return ""; }
}
const WORDS = JSON.parse(find("#words")?.textContent || "{}");
/** Words of the interface in its language; each {} stands for one of the values. */
const t = (text, ...values) => (own(WORDS, text) ?? text).replace(/\{\}/g, () => values.shift());
const PHRASES = JSON.parse(find("#phrases")?.textContent || "null");
/** Build an element: tag "p.lead", attributes if any, children. */
function h(tag, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  const attributes = children[0]?.constructor === Object ? children.shift() : {};
  if (classes.length) node.className = classes.join(" ");
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children.flat(9).filter(Boolean));
  return node;
}
const [span, par, li, bold] = ["span", "p", "li", "b"].map((tag) => (...children) => h(tag, ...children));
function icon(name) {
  const node = find("#icon").content.firstElementChild.cloneNode(true);
  node.firstElementChild.setAttribute("href", "#i-" + name);
  return node;
}
/* Sentences of the server in the page's language, by the patterns that phrasing.py has; null: not ours */
function recognised(text) {
  if (!PHRASES || text.length > PHRASES.longest) return null;
  for (const [joint, shown] of PHRASES.joints) {
    const said = text.includes(joint) && joined(text.split(joint), joint, shown);
    if (said) return said;
  }
  return alone(text);
}
/** Sentences one by one; one may hold the joint itself, and is then several parts. */
function joined(parts, joint, shown) {
  const said = [];
  for (let start = 0, end; start < parts.length; start = end) {
    let one = null;
    for (end = start + 1; end <= Math.min(parts.length, start + PHRASES.most_parts); end++) {
      if (end - start === parts.length) return null;
      const whole = parts.slice(start, end).join(joint);
      one = end === start + 1 ? recognised(whole) : alone(whole);
      if (one) break;
    }
    if (!one) return null;
    said.push(start ? shown : "", one);
  }
  return said;
}
function alone(text) {
  if (own(WORDS, text) !== null) return [WORDS[text]];
  for (const [source, shown, ours] of PHRASES.patterns) {
    const values = new RegExp(`^(?:${source})$`, "s").exec(text)?.slice(1);
    if (!values) continue;
    const said = values.map(recognised);
    if (!ours.every((n) => said[n] || new RegExp(`^(?:${PHRASES.bare})$`).test(values[n]))) continue;
    let next = 0;
    return shown.split(/(\{[0-9]*\})/).map((part, at) => {
      if (at % 2 === 0) return part;
      const n = part === "{}" ? next++ : +part.slice(1, -1);
      return said[n] || (/[\u3007\u4e00-\u9fff]/.test(values[n]) ? span({ lang: "zh-CN" }, values[n]) : values[n]);
    });
  }
  return null;
}
/** The same amid words of clauses, which are Chinese. */
function spoken(text) {
  const said = recognised(text);
  return said ? span({ lang: root.lang }, said) : text;
}
const clone = (id) => find("#" + id).content.firstElementChild?.cloneNode(true);
const safeUrl = (url) => (url?.startsWith("/documents/") ? url : "#");
const addressUrl = (address) => "/documents/" + address.split("#").map(encodeURIComponent).join("#");

const root = document.documentElement;
const app = find("#app");
const page = app ? JSON.parse(find("#page-data").textContent) : {};
const { status_words: STATUS, badge_words: BADGE, note_words: NOTE, state_words: STATE } = page.words || {};
const today = document.body.dataset.today;
const turns = []; // {question, request, answer, node, prefix, entry}
const hooks = {}; // what history.js adds: chat (where a question belongs), lost (it is gone), answered
let forgotten = []; // texts of what was said and no longer counts
const turnOf = (node) => turns.find((turn) => turn.node === node.closest(".turn"));

/* One answer: the same tree as templates/answer.html */
const isCleared = (answer) => answer.status === "answered" && !answer.claims?.length && !answer.citations.length;
const statusOf = (answer) => (isCleared(answer) ? STATUS.cleared : own(STATUS, answer.status) || STATUS.refused);
const plain = (text) => String(text ?? "").replaceAll("**", "").trim();
const isNews = (c) => c.authority !== "normative";

function badge(c) {
  const state = isNews(c) ? "news" : own(BADGE, c.validity?.status) ? c.validity.status : "unknown";
  return h("span.badge.badge-" + state, icon(BADGE[state][0]), t(BADGE[state][1]));
}
/** From a number to its citation marker. */
const citer = (cites, prefix) => (n) => {
  const c = cites.find((item) => item.n === n);
  const label = c?.label || t("无条款号");
  return h(c && isNews(c) ? "a.cite.cite-news" : "a.cite", { href: "#" + prefix + n, "data-n": n, title: label },
    h("span.hide", t("依据") + " "), String(n), h("span.hide", "，" + label));
};
/** A statement with its markers before the closing stop, never first on a line. */
function marked(text, numbers, cite) {
  const chars = Array.from(plain(text));
  if (!numbers?.length || !chars.length) return chars.join("");
  const stop = "。；！？，;.".includes(chars.at(-1)) ? chars.pop() : "";
  const last = chars.pop();
  const end = numbers.length - 1;
  return [chars.join(""), numbers.map((n, i) => (i && i < end ? cite(n)
    : h("span.nb", i ? "" : last, cite(n), i === end && stop)))];
}
function band(answer) {
  const [name, word, words] = statusOf(answer);
  let says = words;
  let worst;
  if (answer.status === "answered" && !isCleared(answer)) {
    const states = answer.citations.filter((c) => !isNews(c)).map((c) => c.validity?.status || "unknown");
    worst = ["repealed", "expired", "not_yet", "unknown"].find((state) => states.includes(state));
    const part = worst && new Set(states).size > 1 ? "，部分所引文件在判断日" : "，所引文件在判断日";
    says = t("{} 处依据", answer.citations.length)
      + (states.length ? t(part) + t(worst ? STATE[worst] : "现行有效") : "");
  }
  return h(`p.band.band-${answer.status}${worst ? ".is-dated" : ""}`, { lang: root.lang }, h("strong", icon(name), t(word)), span(t(says)));
}
function figure(f, cite) {
  const [, pre, num, post] = /^([^0-9.,]*)([0-9.,]*)([^]*)$/.exec(f.text);
  return h("p.fig", bold(pre, h("span.fig-num", num), post), f.citations?.map(cite), f.note && h("small", " ", f.note));
}
const block = (title, ...children) => h("section.block", h("h3", { lang: root.lang }, t(title)), children);
/** A line of ours with its markers: in the page's language where its words are known. */
function line(text, numbers, cite) {
  const said = recognised(text);
  return said ? [span({ lang: root.lang }, said), (numbers || []).map(cite)] : marked(text, numbers, cite);
}
const items = (list, cite, mark = marked) => (list || []).map((item) =>
  li(item.text === undefined ? spoken(item) : mark(item.text, item.citations, cite)));
function point(claim, cite) {
  const [, term, rest] = /^\*\*([^]*?)\*\*([^]*)$/.exec(claim.text) || [];
  if (rest === undefined) return items([claim], cite);
  return h("li.kv", bold(term), span(marked(rest.trim().replace(/^[：:]/, ""), claim.citations, cite)));
}
function sum(calc, cite) {
  return block("计算", h("ol.sum", items(calc.steps, cite, line)),
    calc.display && [h("p.sum-total", span({ lang: root.lang }, t("结果")), bold(spoken(calc.display))), clone("units")],
    calc.missing?.map((text) => h("p.sum-missing", icon("half"), span(span({ lang: root.lang }, t("还差一项：")), spoken(text)))),
    calc.assumptions?.length && [h("h4", { lang: root.lang }, t("还要核实")), h("ul.sum-check", items(calc.assumptions, cite, line))]);
}
/** Measures side by side; where the page is narrow each cell names its column. */
function compare({ columns, rows, notes }, cite) {
  const cell = (c, i) => h("td", { role: "cell", "data-column": columns[i].name },
    c.parts.length ? c.parts.map((p) => par(p.of && [h("span.versus-of", p.of), " "], p.text)) : par("—"),
    c.higher && par(h("b.versus-higher", { lang: root.lang }, t("较高"))));
  return block("对照", h("div.versus-box", { role: "region", "aria-label": t("对照表"), tabindex: 0 }, h("table.versus", { role: "table" },
    h("caption", { lang: root.lang }, t("各栏都是所引条款的原文；“—”是该条里没有读到这一项")),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader" }, t("项目")),
      columns.map((c) => h("th", { scope: "col", role: "columnheader" }, bold(c.name), " ", h("span.nb", c.label, cite(c.citation)))))),
    h("tbody", { role: "rowgroup" }, rows.map((r) => h("tr", { role: "row" },
      h("th", { scope: "row", role: "rowheader", lang: root.lang }, t(r.field)), r.cells.map(cell)))))),
    notes.length && h("ul.versus-notes", notes.map((n) => li(spoken(n)))));
}
function note(item, cite) {
  const [, head, rest] = /^(叠加|有效性|来源|来源质量|比较)：([^]*)$/.exec(item) || [];
  const { kind = "", text, citations } = head ? { kind: head, text: rest } : item.text === undefined ? { text: item } : item;
  const [name, word] = own(NOTE, kind) || ["half", kind > "~" ? kind : "提示"];
  return li(bold({ lang: root.lang }, icon(name), t(word)), span(line(text, citations, cite)));
}
const numbered = (c, none = t("，无文号")) => c.title + (c.doc_number ? `（${c.doc_number}）` : none);
function ref(c, cite, prefix) {
  const label = c.label || t("正文，无条款号");
  let above = c.headings?.at(-1) || "";
  if (above.startsWith(label)) above = above.slice(label.length).trim();
  return li({ id: prefix + c.n }, cite(c.n), h("div", null,
    h("p.where", h("a", { href: safeUrl(c.url), "data-address": c.address }, label),
      above && span(above), c.page && span(t("第 {} 页", c.page))),
    h("q", c.quote)));
}
function refs(cites, cite, prefix) {
  const groups = [...new Set(cites.map((c) => c.document))].map((id) => cites.filter((c) => c.document === id));
  return block(cites.every(isNews) ? "出处（非政策文件）" : "依据", h("div.refs", groups.map(([first, ...rest]) => [
    h("p.refs-doc", h("a", { href: safeUrl(first.url?.split("#")[0]) }, numbered(first)), badge(first)),
    h("ol", [first, ...rest].map((c) => ref(c, cite, prefix))),
  ])));
}
function said(facts) {
  return h("div.said.js-only", par(t("您说过：")), h("ul", facts.map((f) => li(span(f.text, f.used && t("（本次用到）")),
    h("button.icon-btn", { type: "button", "data-do": "forget", "data-text": f.text, "aria-label": t("忘掉{}", f.text) }, icon("close"))))));
}
function trace(answer) {
  const { model, index } = answer.trace || {};
  return h("p.trace", { lang: root.lang }, typeof answer.took_ms === "number" && t("用时 {} 毫秒", Math.round(answer.took_ms)) + " · ",
    model ? t("模型 {} 组织语言，逐句核对", model) : t("摘录式作答，未经改写"), index && ` · ${t("索引")} ` + String(index).slice(0, 12));
}
function renderAnswer(answer, prefix) {
  const cites = answer.citations;
  const cite = citer(cites, prefix);
  const big = answer.status === "answered" && answer.figure;
  const [first, ...rest] = answer.claims || [];
  const lines = first ? [] : (answer.answer || "").split("\n").filter((line) => line.trim());
  const leading = (text) => (!big && Array.from(text).length <= 60 ? "p.verdict" : "p.lead");
  const tries = answer.status === "refused" ? page.suggestions.slice(0, 4) : [];
  return h("div.turn-body", { lang: "zh-CN" }, band(answer), big && figure(big, cite),
    first && h(leading(first.text), (first.text === answer.calculation?.display + "。" ? line : marked)(first.text, first.citations, cite)),
    rest.length && h("ul.points", rest.map((claim) => point(claim, cite))),
    lines.filter((line) => !line.startsWith("- ")).map((line, i) => h(i ? "p.lead" : leading(line), spoken(plain(line)))),
    lines.some((line) => line.startsWith("- ")) &&
      h("ul.points", lines.filter((line) => line.startsWith("- ")).map((line) => li(plain(line.slice(2))))),
    answer.comparison && compare(answer.comparison, cite),
    answer.calculation && sum(answer.calculation, cite),
    answer.notes?.length && block("须留意", h("ul.notes", answer.notes.map((item) => note(item, cite)))),
    cites.length && refs(cites, cite, prefix),
    tries.length && block("库内能答的问题", h("ul.tries", tries.map((q) => li(h("a", { href: "/?q=" + encodeURIComponent(q) }, q))))),
    answer.facts?.length && said(answer.facts), clone("acts"), clone("exports"), trace(answer));
}

/* Telling and copying */
let saidAt = 0, sayTimer, toastTimer;
/** Announce politely, at most once every 4 s. */
function say(text) {
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => { saidAt = Date.now(); find("#say").textContent = text; }, Math.max(0, saidAt + 4000 - Date.now()));
}
/** Say something for 5 s, with a button (its word, what it does) where there is one. */
function toast(text, word, does) {
  clearTimeout(toastTimer);
  const box = find("#toast");
  const done = () => box.replaceChildren();
  (find("dialog[open]") || document.body).append(box); // above an open dialog, not behind it
  const button = word && h("button", { type: "button" }, word);
  button?.addEventListener("click", () => { done(); does(); });
  box.replaceChildren(h("p.toast", icon("done"), text, button));
  toastTimer = setTimeout(done, 5000);
}
async function copy(text, said) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no clipboard on a plain http origin
    const focused = document.activeElement;
    const area = h("textarea.hide", text);
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
    focused.focus();
  }
  toast(done ? said : t("没有复制成，请手动选取"));
}
const sourced = (c) => `${numbered(c, "")}${c.label || ""}${isNews(c) ? "（非政策文件，不作申报依据）" : ""}：“${c.quote}” ${new URL(safeUrl(c.url), location.href)}`;
/** The answer as plain text, read off the page, with its references in full. */
function answerText({ question, answer, node }) {
  const copied = node.cloneNode(true);
  for (const marker of all(".cite", copied)) marker.replaceWith(`[${marker.dataset.n}]`);
  for (const p of all(".versus td p + p", copied)) p.prepend("；");
  for (const row of all(".versus tr", copied)) row.replaceWith(h("tr", [...row.children].map((c) => c.textContent.trim()).join("｜")));
  for (const label of all(".band strong, .points b, .notes b, .sum-total span", copied)) label.append("：");
  const lines = all(".turn-scope, .turn-body > p:not(.trace), .block > p, .versus tr, .versus-notes li, .points li, .sum li, .sum-check li, .notes li", copied);
  return ["问：" + question, ...lines.map((line) => line.textContent.trim()), "依据：", ...answer.citations.map((c) => `[${c.n}] ${sourced(c)}`)].join("\n");
}

/* Evidence panel */
const panel = find("#panel");
const narrow = matchMedia("(max-width: 63.99rem)");
let open = null; // {turn, c, opener}
let pushed = false; // a history entry stands for the open sheet
const files = new Map();
const part = (name) => find("#panel-" + name);
const put = (name, ...nodes) => part(name).replaceChildren(...nodes);

async function load(id) {
  if (!files.has(id)) {
    const response = await fetch("/api/documents/" + encodeURIComponent(id));
    if (!response.ok) throw new Error(response.status);
    files.set(id, await response.json());
  }
  return files.get(id);
}
/** Where a quote stands in a text, white space aside: [from, to) or null. */
function locate(text, quote) {
  const places = [...text.matchAll(/\S/g)].map((match) => match.index);
  const wanted = quote.replace(/\s/g, "");
  const at = text.replace(/\s/g, "").indexOf(wanted);
  return wanted && at >= 0 ? [places[at], places[at + wanted.length - 1] + 1] : null;
}
/** The clause with this quote marked, and other quotes of the same clause dashed. */
function marks(c, others) {
  const text = c.text || c.quote;
  const level = new Uint8Array(text.length);
  const paint = (item, value) => { const at = locate(text, item.quote); if (at) level.fill(value, ...at); return at; };
  const also = others.filter((item) => paint(item, 1)).map((item) => item.n);
  const found = paint(c, 2);
  const pieces = [];
  for (let from = 0, to; from < text.length; from = to) {
    for (to = from + 1; level[to] === level[from]; to++);
    const piece = text.slice(from, to);
    pieces.push(level[from] ? h(level[from] > 1 ? "mark" : "mark.also", piece) : piece);
  }
  return { pieces, also, found };
}
const pair = (term, ...value) => h("div", h("dt", term), h("dd", value));
function card(d, c) {
  const v = d.validity || {};
  const label = (address) => d.clauses?.find((item) => item.address === address)?.label || t("依据");
  const basis = (v.basis || []).map((address) => h("a", { href: addressUrl(address) }, label(address)));
  return h(isNews(c) ? "section.card.card-news" : "section.card",
    h("h3", t("文件信息"), badge(c)),
    h("dl",
      pair(t("发文字号"), d.doc_number || t("无文号")),
      pair(t("发文机关"), d.issuers?.join("、") || t("未见记载")),
      pair(t("成文日期"), d.issued || t("未见记载")),
      isNews(c)
        ? pair(t("性质"), d.kind || t("资料"), h("span.why", t("不是政策文件，不作申报依据。")))
        : [pair(t("施行日期"), v.from || t("文中没有写"), h("span.why", basis.flatMap((a) => [a, " "]), v.note)),
          pair(t("有效期"), v.to ? t("至 {}", v.to) : t("文中没有写"))],
      pair(t("来源质量"), d.findings?.length ? t("{} 处待核", d.findings.length) : t("未发现缺号、错位"))));
}
/** The original as the server shows it: the page of a PDF, or lines of the file, with the quote marked. */
async function original(c) {
  const [document, path = ""] = c.address.split("#").map(encodeURIComponent);
  const quote = c.quote.length > 600 ? "" : "&quote=" + encodeURIComponent(c.quote);
  const url = `/documents/${document}/original?clause=${path}${quote}`;
  put("original", h("p.hint", t("正在取原件")));
  try {
    const response = await fetch(url, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (open?.c !== c) return;
    const view = find("#original-view", page) || find(".notice", page);
    view.removeAttribute("id");
    put("original", view);
    const box = find(".sheet-box, .source-box", view);
    const marked = box ? all("rect, mark", box).map((mark) => mark.getBoundingClientRect()) : [];
    const place = box?.getBoundingClientRect();
    const left = Math.min(...marked.map((mark) => mark.left));
    if (marked.length) box.scrollTo(left - place.left - 16, marked[0].top - place.top - box.clientHeight / 3);
  } catch { if (open?.c === c) put("original", h("p.hint", t("原件没有取到"))); }
}
function show(turn, n, opener) {
  const list = turn.answer.citations;
  const at = list.findIndex((c) => c.n === n);
  if (at < 0) return;
  const c = list[at];
  const word = t(isNews(c) ? "出处" : "依据");
  const { pieces, also, found } = marks(c, list.filter((item) => item !== c && item.address === c.address));
  const heads = (lines) => put("heads", ...(lines || []).map((line) => par(line)));
  put("h", `${word} ${n}`, span(t("共 {} 处", list.length)));
  for (const [name, item] of [["prev", list[at - 1]], ["next", list[at + 1]]]) {
    part(name).disabled = !item;
    part(name).dataset.to = item?.n;
  }
  put("cite", numbered(c), bold(c.label || t("无条款号")), badge(c));
  part("paper").classList.toggle("paper-news", isNews(c));
  put("tag", t(isNews(c) ? "报道原文" : "原文"));
  put("page", isNews(c) ? t("非政策文件") : c.page ? t("第 {} 页", c.page) : "");
  put("text", ...pieces);
  put("hint", found ? t("黄底为{} {} 的引文", word, n) + (also.length ? t("，虚线为同条{} {}", word, also.join("、")) : "") + t("。")
    : t("引文没有在这一条里定位到，请看全文：“{}”", c.quote));
  part("link").href = safeUrl(c.url);
  put("card");
  heads(c.headings);
  part("original-h").hidden = !c.address;

  const fresh = !open;
  open = { turn, c, opener: opener || find(`.cite[data-n="${n}"]`, turn.node) };
  load(c.document).then((d) => {
    if (open?.c !== c) return;
    if (!c.headings) heads(d.clauses?.find((item) => item.address === c.address)?.headings);
    put("card", card(d, c));
  }, () => put("card", h("p.hint", t("文件信息没有取到"))));
  paintMarkers();
  if (c.address) original(c);
  panel.hidden = false;
  panel.scrollTop = 0;
  app.classList.add("has-panel");
  if (fresh && narrow.matches) { history.pushState(null, ""); pushed = true; }
  setModal();
  part("h").focus({ preventScroll: true });
  if (!narrow.matches) open.opener.scrollIntoView({ block: "nearest" });
}
const set = (node, name, on) => (on ? node.setAttribute(name, "true") : node.removeAttribute(name));
function paintMarkers() {
  for (const marker of all(".cite")) {
    marker.classList.toggle("is-same", Boolean(open?.turn.node.contains(marker) && +marker.dataset.n === open.c.n));
    set(marker, "aria-current", open?.opener === marker);
  }
}
/** Below 1024 px the panel is a dialog over an inert page. */
function setModal() {
  const modal = Boolean(open && narrow.matches);
  panel.setAttribute("role", modal ? "dialog" : "complementary");
  set(panel, "aria-modal", modal);
  for (const node of all(".skip, .bar, .rail, .stage, .site-foot")) node.inert = modal;
  find("#scrim").hidden = !modal;
  root.classList.toggle("is-modal", modal);
}
function hide() {
  if (!open) return;
  const { opener } = open;
  open = null;
  if (pushed) { pushed = false; history.back(); }
  panel.hidden = true;
  app.classList.remove("has-panel");
  setModal();
  paintMarkers();
  opener.focus();
}
function stepEvidence(by) {
  const turn = open?.turn || turns.findLast((item) => item.answer?.citations.length);
  const list = turn?.answer.citations || [];
  const to = list[open ? list.indexOf(open.c) + by : by > 0 ? 0 : list.length - 1];
  if (to) show(turn, to.n);
}

/* Documents by their names, where there are too many for a list */
for (const input of all("[data-suggest]")) {
  const list = h("datalist", { id: input.id + "-names" });
  const ids = new Map();
  let timer;
  input.after(list);
  input.setAttribute("list", list.id);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const id = ids.get(input.value);
    if (id) { input.dataset.id = id; return; }
    delete input.dataset.id;
    if (!input.value.trim()) return;
    timer = setTimeout(async () => {
      try {
        const response = await fetch("/document-names?q=" + encodeURIComponent(input.value));
        const found = response.ok ? await response.json() : [];
        for (const { id, label } of found) ids.set(label, id);
        list.replaceChildren(...found.map(({ label }) => h("option", { value: label })));
      } catch { /* offline: the words are sent as they are */ }
    }, 200);
  });
}

/* Asking */
const box = find("#q");
const send = find("#send");
let running = null; // AbortController of the question under way

/** Fit the box to its text; false where the text is too long. */
function fit() {
  box.style.height = "auto";
  box.style.height = box.scrollHeight + 2 + "px";
  const over = Array.from(box.value.trim()).length - box.dataset.max;
  find("#too-long").textContent = over > 0 ? t("问题太长，多出 {} 字", over) : "";
  return over <= 0;
}
function setRunning(controller) {
  running = controller;
  send.classList.toggle("btn-main", !running);
  send.textContent = t(running ? "停止" : "提问");
}
function listed(turn, name, word) {
  const entry = li(h("a", { href: "#" + turn.node.id }, icon(name), span(turn.question), h("span.hide", `（${t(word)}）`)));
  if (turn.entry) turn.entry.replaceWith(entry);
  else find("#rail").append(entry);
  turn.entry = entry;
}
function fill(turn, body, busy) {
  find(".turn-body", turn.node).replaceWith(body);
  turn.node.setAttribute("aria-busy", busy);
}
function notice(kind, name, title, ...lines) {
  return h("div.notice.notice-" + kind, icon(name), h("div", par(bold(t(title))), lines.map((line) => par(typeof line === "string" ? t(line) : line))));
}
function fail(turn, words, ...more) {
  const again = h("button.btn", { type: "button" }, icon("again"), t("重新提问"));
  again.addEventListener("click", () => {
    if (running) return;
    if (box.value === turn.question) box.value = "";
    box.focus();
    run(turn);
  });
  fill(turn, h("div.turn-body", notice(...words, ...more), h("p.notice-acts", again)), false);
  listed(turn, "bad", "没有答成");
  stored("question", turn.question);
  if (!box.value) { box.value = turn.question; fit(); }
  find("#warn").textContent = t(words[2]);
}
/** Read Server-Sent Events from a response body. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (let end = false; !end;) {
    const { done, value } = await reader.read();
    end = done;
    buffer = (buffer + (done ? "\n\n" : value)).replaceAll("\r", "");
    const parts = buffer.split("\n\n");
    buffer = parts.pop();
    for (const lines of parts.map((text) => text.split("\n"))) {
      const read = (name) => lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length).trim()).join("\n");
      if (read("data:")) yield [read("event:"), JSON.parse(read("data:"))];
    }
  }
}
const refusal = (error, code) => Object.assign(new Error(error?.message || t("服务没有说明原因")), { code: error?.code || code, field: error?.field });
/** To the sign-in page and back; what was asked is kept on this machine. */
function signIn() {
  // Now: a page that is left may not live to see its question refused.
  const asked = running && turns.findLast((turn) => !turn.answer);
  if (asked) stored("question", asked.question);
  location.assign("/login?next=" + encodeURIComponent(location.pathname + location.search));
}
/** Call the API; a refusal is thrown with its code. */
async function call(method, path, body, options) {
  const response = await fetch("/api/" + path, { method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body), ...options });
  if (response.status === 401) signIn();
  if (!response.ok) throw refusal((await response.json().catch(() => null))?.error, response.status);
  return response.status === 204 || options?.raw ? response : response.json();
}
async function run(turn) {
  const body = clone("loading");
  const [steps, draft] = [find(".steps", body), find(".draft", body)];
  let hits = [], again = false;
  setRunning(new AbortController());
  fill(turn, body, true);
  listed(turn, "clock", "正在查找");
  say(t("正在查找条文"));
  const slow = setTimeout(() => body.append(notice("plain", "clock", "比平时慢，仍在核对", hits.length && [t("可以先看："),
    hits.slice(0, 3).map((hit) => [" ", h("a", { href: addressUrl(hit.address) }, hit.label)])])), 8000);
  try {
    const { signal } = running;
    const chat = await hooks.chat?.(turn, signal);
    const response = await call("POST", "ask/stream", filled({ ...turn.request, chat }), { signal, raw: true });
    for await (const [name, data] of events(response)) {
      if (name === "sources") {
        hits = data.hits || [];
        const words = t("找到 {} 条相关条文，正在核对", hits.length);
        steps.firstElementChild.replaceWith(li(icon("done"), t("正在查找条文")));
        steps.append(h("li.now", icon("clock"), words));
        say(words);
      } else if (name === "delta") {
        draft.hidden = false;
        draft.lastElementChild.append(data.text.replaceAll("**", ""));
      } else if (name === "answer") {
        turn.answer = data;
        // Said anew, it counts again.
        forgotten = forgotten.filter((text) => !data.facts?.some((f) => f.text === text));
      } else if (name === "error") {
        throw refusal(data.error, name);
      }
    }
    const { answer } = turn;
    if (!answer) throw refusal({ message: t("回答没有传完。") }, "incomplete");
    fill(turn, renderAnswer(answer, turn.prefix), false);
    listed(turn, ...statusOf(answer));
    find(".turn-scope .day", turn.node).textContent = answer.as_of;
    stored("question", "");
    const [, word, words] = statusOf(answer);
    say(words ? t(word) + t("：") + t(words) : t("已答：{}", t("{} 处依据", answer.citations.length)));
    hooks.answered?.(turn);
  } catch (error) {
    const { stopped, offline, cut, failed } = page.words.problems;
    console.warn(error);
    if (error.name === "AbortError") fail(turn, stopped);
    else if (error.field === "chat" && hooks.lost?.()) again = true;
    else if (error.code) fail(turn, failed, error.message, t("错误编号 {}", error.code));
    else fail(turn, navigator.onLine ? cut : offline);
  } finally {
    clearTimeout(slow);
    setRunning(null);
  }
  if (again) await run(turn);
}
const filled = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
/** The questions before turn k, as many as a request may hold. */
function before(k) {
  const earlier = turns.slice(0, k).filter((turn) => turn.answer).map((turn) => turn.question).slice(-50);
  while (earlier.join("").length > 15000) earlier.shift(); // the size of a request is bounded
  return earlier.length && earlier;
}
function ask() {
  const question = box.value.trim();
  const [area, asOf] = ["area", "as_of"].map((id) => find("#" + id).value);
  const file = find("#document").dataset.id || find("#document").value.trim();
  if (!question || running || !fit()) { box.focus(); return; }
  const earlier = before(turns.length);
  const request = filled({ question, area, as_of: asOf === today ? "" : asOf, documents: file && [file], conversation: earlier,
    forget: forgotten.length && forgotten.slice(-50) });
  const k = turns.length + 1;
  const node = h("article.turn", { id: "turn-" + k, "aria-labelledby": `turn-${k}-q` },
    h("div.turn-top", h("h2.turn-q", { id: `turn-${k}-q`, tabindex: -1, lang: "zh-CN" }, question), clone("asking-again")),
    h("p.turn-scope", t("地区："), area || t("全部"), "　" + t("判断日："), h("span.num.day", asOf || today)), h("div.turn-body"));
  const turn = { question, request, node, prefix: k === 1 ? "ref-" : `ref-${k}-` };
  turns.push(turn);
  find("#ask-error")?.remove();
  if (k === 1) goTo(link(turn), true);
  app.classList.remove("is-start");
  find("#talk").append(node);
  box.value = "";
  box.placeholder = t("接着问");
  fit();
  node.scrollIntoView();
  if (matchMedia("(pointer: coarse)").matches) box.blur();
  run(turn);
}
/** Leave out what was said from now on; answers given stay as they are. */
function forget(button) {
  const { text } = button.dataset;
  const inLine = all("button", button.closest(".said"));
  const next = inLine[inLine.indexOf(button) + 1] || inLine[inLine.indexOf(button) - 1] || box;
  forgotten = [...forgotten.filter((item) => item !== text), text];
  for (const other of all(".said button").filter((item) => item.dataset.text === text)) {
    const line = other.closest(".said");
    other.closest("li").remove();
    if (!find("li", line)) line.remove();
  }
  next.focus();
  toast(t("已忘掉“{}”，接下来的提问不再用到", text));
}
let here = location.pathname + location.search;
/** Name what is shown in the address. */
function goTo(url, push) {
  history[push ? "pushState" : "replaceState"](null, "", url);
  here = location.pathname + location.search;
}
function link({ question, request }) {
  const { area, as_of, documents } = request;
  return location.origin + "/?" + new URLSearchParams(filled({ q: question, area, as_of, document: documents?.[0] }));
}

/* Appearance, keys, clicks */
const THEMES = { "": "跟随系统", light: "浅色", dark: "深色" };
function nameTheme() {
  const name = t("外观：{}", t(THEMES[root.dataset.theme || ""]));
  for (const button of all('.bar [data-do="theme"]')) button.setAttribute("aria-label", name);
  return name;
}
const actions = {
  theme() {
    const next = { "": "light", light: "dark", dark: "" }[root.dataset.theme || ""];
    root.dataset.theme = next;
    // The server writes it into each page: no script has to run before the first paint.
    document.cookie = `tiaowen_theme=${next}; Max-Age=31536000; Path=/; SameSite=Lax` + (location.protocol === "https:" ? "; Secure" : "");
    toast(nameTheme());
  },
  keys: () => find("#keys").showModal(),
  print: () => window.print(),
  unfold: () => all(".toc details").forEach((part) => { part.open = true; }),
  fold: () => all(".toc details").forEach((part) => { part.open = false; }),
  forget,
  "close-panel": hide,
  "copy-answer": (button) => copy(answerText(turnOf(button)), t("已复制答案与出处")),
  "copy-link": (button) => copy(link(turnOf(button)), t("已复制链接")),
  "copy-quote": () => copy(sourced(open.c), t("已复制引文与出处")),
};
document.addEventListener("click", (event) => {
  const marker = event.target.closest(".cite");
  const button = event.target.closest("button");
  const anchor = event.ctrlKey || event.metaKey || event.shiftKey ? null : event.target.closest("a");
  if (marker && turnOf(marker)?.answer && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show(turnOf(marker), +marker.dataset.n, marker);
  } else if (event.target.id === "scrim") hide();
  else if (anchor?.matches("[data-more]")) { event.preventDefault(); find("#more").showModal(); }
  else if (anchor?.matches("[data-language]")) { // the same page in the other language
    const url = new URL(location);
    url.searchParams.set("lang", new URL(anchor.href).searchParams.get("lang"));
    anchor.href = url;
  } else if (box && !running && anchor?.matches(".tries a")) {
    event.preventDefault();
    box.value = anchor.textContent;
    ask();
  } else if (button === send && running) { event.preventDefault(); running.abort(); }
  else if (button?.dataset.do) actions[button.dataset.do](button);
  else if (button?.dataset.to) show(open.turn, +button.dataset.to);
  else if (button?.dataset.copy) copy(button.dataset.copy, t("已复制出处"));
  else if (button?.dataset.hash) copy(location.href.split("#")[0] + "#" + button.dataset.hash, t("已复制链接"));
});
// A form that exports an answer carries it along, as it was shown.
document.addEventListener("submit", (event) => {
  const answer = event.target.matches(".exports") && turnOf(event.target)?.answer;
  if (answer) event.target.elements.answer.value = JSON.stringify(answer);
});

const single = find("#keys-on");
single.checked = stored("keys") !== "off";
single.addEventListener("change", () => stored("keys", single.checked ? "" : "off"));
function stepAnswer(by) {
  const heads = all(".turn-q");
  const at = heads.indexOf(document.activeElement);
  (heads[at + by] || heads.at(at))?.focus();
}
const composing = (event) => event.isComposing || event.keyCode === 229;
const keys = {
  "/": () => (box ? box.focus() : location.assign("/")),
  "[": () => stepEvidence(-1), "]": () => stepEvidence(1),
  j: () => stepAnswer(1), k: () => stepAnswer(-1), "?": actions.keys,
};
document.addEventListener("keydown", (event) => {
  if (composing(event) || find("dialog[open]")) return;
  if (event.key === "Escape") hide();
  const does = own(keys, event.key.toLowerCase());
  if (!does || !single.checked || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  does();
});

/* Start */
nameTheme();
const address = new URL(location);
if (address.searchParams.has("lang")) { // the cookie keeps it
  address.searchParams.delete("lang");
  goTo(address);
}
find("#more").addEventListener("close", () => document.body.append(find("#toast")));
if (app) {
  find("#ask").addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
    event.preventDefault();
    ask();
  });
  narrow.addEventListener("change", setModal);
  addEventListener("popstate", () => {
    if (pushed) { pushed = false; hide(); }
    else if (location.pathname + location.search !== here) location.reload();
  });
  page.turns.forEach((turn, i) => {
    const { question, area, as_of, documents, answer } = turn;
    const request = filled({ question, area, as_of, documents: documents.length && documents });
    turns.push({ question, request, answer, node: find(`#turn-${i + 1}`), prefix: i ? `ref-${i + 1}-` : "ref-", entry: all("#rail li")[i] });
  });
  const unanswered = stored("question") || "";
  if (turns.at(-1)?.question === unanswered) stored("question", "");
  else if (!box.value) box.value = unanswered;
  if (!turns.length && !matchMedia("(pointer: coarse)").matches) box.focus();
  if (box.value) fit();
}
/** For the modules that add to the page: history.js. */
window.tiaowen = { find, all, h, icon, clone, t, stored, page, turns, hooks, actions, box, call, copy, toast, say, goTo, turnOf, before, run, isRunning: () => running };
