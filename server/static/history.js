// Chats on the page: the history, asking again, and what readers say of answers. Uses tiaowen.js.

const {
  find, all, h, icon, clone, t, stored, page, turns, hooks, actions, box, call, copy, toast, say, goTo, turnOf, before, run, isRunning,
} = window.tiaowen;
let chat = page.chat; // the id of this chat
let deleted = null; // {id, entry, timer}: to be deleted in 5 s
let hasSaid = false;
const past = find("#past");
const list = find("#chats");
const day = (time) => new Date(time).toLocaleDateString("sv"); // as 2026-11-29
const path = (id) => "chats/" + encodeURIComponent(id);
const wrong = (error) => toast(error.code ? error.message : t("没有做成：网络已断开"));
const button = (does, word, name) => h("button.link-btn", { type: "button", "data-do": does }, name && icon(name), word);

/* Where a question belongs */
/** Say once, quietly, that this is not kept. */
function unkept() {
  find("#unkept").hidden = false;
  if (!hasSaid) say(t("不保存记录"));
  hasSaid = true;
}
hooks.chat = async (turn, signal) => {
  if (chat || !page.kept) return chat;
  try {
    chat = (await call("POST", "chats", {}, { signal })).id;
    goTo("/?chat=" + chat);
  } catch (error) {
    // Offline, stopped or signed out: so is the question.
    if (!error.code || error.code === "invalid_api_key") throw error;
    unkept();
  }
  return chat;
};
/** The chat is gone, deleted elsewhere or its cookie refused: begin another once, then do without. */
hooks.lost = () => {
  if (!chat) return false;
  page.kept = page.kept && !hooks.lost.before;
  hooks.lost.before = true;
  chat = null;
  if (!page.kept) unkept();
  return true;
};
hooks.answered = (turn) => {
  judgeable(turn);
  suggest(turn);
  if (!turn.answer.id) { if (page.kept) unkept(); } else if (chat) refresh();
};

/* The list */
function row({ id, title, updated, shared }) {
  const link = h("a", { href: "/?chat=" + id }, h("span", title || t("还没有提问")), h("small.num", day(updated)), shared && h("small.is-shared", t("已分享")));
  if (id === chat) link.setAttribute("aria-current", "page");
  return withMenu(h("li", { "data-chat": id }, link));
}
const titleOf = (entry) => find("a span", entry).textContent;
function withMenu(entry) {
  const shared = find(".is-shared", entry);
  entry.append(h("details.chat-menu", h("summary.icon-btn", { "aria-label": t("更多操作：{}", titleOf(entry)) }, icon("dots")),
    h("div.chat-acts", button("rename", t("改名")), button("share", t("分享")), shared && button("unshare", t("停止分享")), button("delete-chat", t("删除")))));
  return entry;
}
let looking = null;
async function refresh() {
  if (!past) { location.reload(); return; } // the page of the whole history
  looking?.abort();
  looking = new AbortController();
  const q = find("#past-q").value.trim();
  try {
    const { chats } = await call("GET", "chats?" + new URLSearchParams({ q, limit: 30 }), undefined, { signal: looking.signal });
    const shown = chats.filter(({ id, turns: asked }) => asked && id !== deleted?.id);
    list.replaceChildren(...shown.map(row));
    find("#past-none").hidden = shown.length > 0;
    past.hidden = !shown.length && !q;
    find("#app").classList.toggle("has-past", !past.hidden);
  } catch (error) {
    if (error.name !== "AbortError") console.info(error); // the list as it was is better than none
  }
}
const entryOf = (node) => node.closest("[data-chat]");
function drop(entry) {
  send();
  const { chat: id } = entry.dataset;
  const next = entry.nextElementSibling || entry.previousElementSibling;
  find("details", entry).open = false;
  entry.hidden = true;
  deleted = { id, entry, timer: setTimeout(send, 5000) };
  (next ? find("a", next) : find("#past-q")).focus();
  toast(t("已删除“{}”", titleOf(entry)), t("撤销"), () => {
    clearTimeout(deleted?.timer);
    deleted = null;
    refresh().then(() => find(`[data-chat="${id}"] a`, list)?.focus());
  });
}
/** Delete what was taken off the list. */
async function send() {
  if (!deleted) return;
  const { id, entry, timer } = deleted;
  clearTimeout(timer);
  deleted = null;
  entry.remove();
  try {
    await call("DELETE", path(id), undefined, { keepalive: true });
    if (id !== chat) return;
    chat = null;
    if (isRunning() || box.value) goTo("/");
    else location.assign("/");
  } catch (error) {
    wrong(error);
    refresh();
  }
}
function rename(entry) {
  const link = find("a", entry);
  const input = h("input", { "aria-label": t("新标题"), maxlength: 100, required: "" });
  const form = h("form.rename", input, h("button.btn", t("保存")));
  const done = () => { form.remove(); link.hidden = false; find("summary", entry).focus(); };
  input.value = titleOf(entry);
  find("details", entry).open = false;
  link.hidden = true;
  link.before(form);
  input.select();
  input.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); done(); } });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await call("PATCH", path(entry.dataset.chat), { title: input.value });
      done();
      await refresh();
      find(`[data-chat="${entry.dataset.chat}"] a`, list)?.focus();
    } catch (error) { wrong(error); }
  });
}
async function share(entry) {
  try {
    const { url } = await call("POST", path(entry.dataset.chat) + "/share", {});
    const full = new URL(url, location.href).href;
    find(".share-link", entry)?.remove();
    const field = h("input.share-link", { readonly: "", "aria-label": t("分享链接，知道链接的人都能看") });
    field.value = full;
    find(".chat-acts", entry).append(field);
    if (!find('[data-do="unshare"]', entry)) {
      find('[data-do="share"]', entry).after(button("unshare", t("停止分享")));
      find("a", entry).append(h("small.is-shared", t("已分享")));
    }
    await copy(full, t("已复制分享链接：知道链接的人都能看到目前为止的问答"));
    field.select();
  } catch (error) { wrong(error); }
}
async function unshare(entry) {
  try {
    await call("DELETE", path(entry.dataset.chat) + "/share");
    for (const node of all('.share-link, .is-shared, [data-do="unshare"]', entry)) node.remove();
    find("summary", entry).focus();
    toast(t("已停止分享，原链接不再能打开"));
  } catch (error) { wrong(error); }
}
async function forgetAll() {
  const sure = find("#sure");
  sure.returnValue = "";
  sure.showModal();
  sure.addEventListener("close", async () => {
    if (sure.returnValue !== "yes") return;
    try {
      await call("DELETE", "chats");
      location.assign("/");
    } catch (error) { wrong(error); }
  }, { once: true });
}

/* Asking again */
/** Turns after k go, from the page and from the chat. */
async function cut(k) {
  if (chat) {
    const { turns: kept } = await call("GET", path(chat));
    const earlier = new Set(turns.slice(0, k).map((turn) => turn.answer?.id));
    const first = kept.findIndex(({ id }) => !earlier.has(id));
    if (first >= 0) await call("DELETE", `${path(chat)}/turns/${kept[first].n}`);
  }
  for (const turn of turns.splice(k + 1)) {
    turn.node.remove();
    turn.entry?.remove();
  }
}
function edit(opener) {
  const turn = turnOf(opener);
  if (isRunning() || !turn) return;
  const top = find(".turn-top", turn.node);
  const field = h("textarea", { rows: 3, maxlength: 2000, required: "", "aria-label": t("修改问题") });
  const cancel = h("button.btn", { type: "button" }, t("取消"));
  const form = h("form.edit-form", field, turns.at(-1) !== turn && h("p.hint", t("其后的提问和回答会删去。")),
    h("p.notice-acts", h("button.btn.btn-main", t("重新提问")), " ", cancel));
  const close = () => { form.remove(); top.hidden = false; };
  field.value = turn.question;
  top.hidden = true;
  top.before(form);
  field.focus();
  cancel.addEventListener("click", () => { close(); opener.focus(); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") { event.preventDefault(); cancel.click(); }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = field.value.trim();
    if (!question || isRunning()) return;
    const k = turns.indexOf(turn);
    try {
      await cut(k);
    } catch (error) { wrong(error); return; }
    close();
    const conversation = before(k);
    Object.assign(turn, { question, answer: null, request: { ...turn.request, question } });
    delete turn.request.conversation;
    if (conversation) turn.request.conversation = conversation;
    const head = find(".turn-q", turn.node);
    head.textContent = question;
    find(".asked", turn.node)?.remove();
    head.focus();
    run(turn);
  });
}

/* Going on from an answer */
/** What a sum still lacks, and the same measure in two places where that was answered before. */
function suggest({ question, answer, node }) {
  const lacking = (answer.calculation?.missing || []).map((text) => /^(.{2,30})是多少？$/.exec(text)?.[1]).filter(Boolean);
  const cited = new Set(answer.citations.map((c) => c.address));
  const wider = page.compared.filter(({ question: next, addresses }) => question.includes(next.split("，")[0])
    && answer.status === "answered" && cited.size && !answer.comparison && addresses.some((a) => cited.has(a)) && !addresses.every((a) => cited.has(a)));
  if (!lacking.length && !wider.length) return;
  const fill = (name) => {
    const node = button("", t("补上：{}", name), "plus");
    node.removeAttribute("data-do");
    node.addEventListener("click", () => {
      box.value = question.replace(/[？?。]$/, "") + "，" + name;
      box.focus();
      box.dispatchEvent(new Event("input"));
    });
    return h("li", node);
  };
  find(".acts", node).before(h("section.next", { lang: document.documentElement.lang }, h("h3", t("接着可以问")), h("ul.tries", lacking.map(fill),
    wider.map(({ question: next }) => h("li", h("a", { href: "/?q=" + encodeURIComponent(next), lang: "zh-CN" }, next))))));
}

/* What readers say */
/** An answer that is not kept cannot be judged. */
function judgeable(turn) {
  if (!turn.answer?.id) find(".opinions", turn.node)?.remove();
}
/** Show what was said of an answer. */
function chosen(turn, verdict) {
  for (const [does, on] of [["right", verdict === "right"], ["wrong", verdict !== "right"]]) {
    find(`.opinions [data-do="${does}"]`, turn.node).classList.toggle("is-chosen", on);
  }
  find('.opinions [data-do="right"]', turn.node).setAttribute("aria-pressed", verdict === "right");
}
async function judge(turn, verdict, note) {
  await call("POST", "feedback", { answer: turn.answer.id, verdict, note });
  chosen(turn, verdict);
  toast(t("已收到，会对照原文核查"));
}
function closeReasons(turn) {
  find(".reasons", turn.node)?.remove();
  const opener = find('.opinions [data-do="wrong"]', turn.node);
  opener.setAttribute("aria-expanded", false);
  opener.focus();
}
function openReasons(turn) {
  const form = clone("reasons");
  find(".opinions", turn.node).closest(".acts").after(form);
  find('.opinions [data-do="wrong"]', turn.node).setAttribute("aria-expanded", true);
  find("input", form).focus();
  form.scrollIntoView({ block: "nearest" });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); closeReasons(turn); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { verdict, note } = form.elements;
    try {
      await judge(turn, verdict.value, note.value.trim() || undefined);
      closeReasons(turn);
    } catch (error) {
      find(".field-error", form).textContent = t("没有送出，请再试一次。") + (error.code ? error.message : "");
    }
  });
}

Object.assign(actions, {
  edit,
  rename: (node) => rename(entryOf(node)),
  share: (node) => share(entryOf(node)),
  unshare: (node) => unshare(entryOf(node)),
  "delete-chat": (node) => drop(entryOf(node)),
  "forget-all": forgetAll,
  right: (node) => judge(turnOf(node), "right").catch(wrong),
  wrong(node) {
    const turn = turnOf(node);
    if (find(".reasons", turn.node)) closeReasons(turn);
    else openReasons(turn);
  },
});

/* Start */
turns.forEach((turn, i) => {
  judgeable(turn);
  suggest(turn);
  const { feedback } = page.turns[i];
  if (feedback && find(".opinions", turn.node)) chosen(turn, feedback);
});
for (const time of all(".asked")) time.textContent = day(time.dataset.at);
if (list) {
  all("li", list).forEach(withMenu);
  addEventListener("pagehide", send);
}
if (past) {
  let timer;
  find("#past-q").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(refresh, 250); });
  find(".past-search").addEventListener("submit", (event) => { event.preventDefault(); refresh(); });
  // On narrow pages the history stands in the drawer.
  const more = find("#more");
  const places = [...all(".rail-now"), past].map((node) => [node, node.parentElement]);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-more]")) find("#more-past").replaceChildren(...places.map(([node]) => node));
    else if (event.target.closest("#more a[href^='#']")) more.close();
  });
  more.addEventListener("close", () => { for (const [node, home] of places) home.append(node); });
}
if (box?.value && stored("question") === box.value) toast(t("上次没有答成的问题在框里"));
