"use strict";
(() => {
  const form = document.getElementById("filters");
  const cards = [...document.querySelectorAll(".q")];
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const unfold = document.getElementById("unfold");
  const texts = new WeakMap();
  const value = (name) => (form.elements[name] ? form.elements[name].value : "");

  function text(card) {
    if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
    return texts.get(card);
  }

  function shown(card, words) {
    const { set, type, kinds, move } = card.dataset;
    const wanted = form.elements.all.checked || card.classList.contains("failed") || move;
    return wanted
      && (!value("set") || set === value("set"))
      && (!value("type") || type === value("type"))
      && (!value("kind") || kinds.split(" ").includes(value("kind")))
      && (!value("move") || move === value("move"))
      && words.every((word) => text(card).includes(word));
  }

  function filter() {
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const card of cards) {
      card.hidden = !shown(card, words);
      n += !card.hidden;
    }
    count.textContent = `${n} / ${cards.length}`;
    nothing.hidden = n > 0;
  }

  // A link may lead to a question that the filter hides or that is folded.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    const card = target && target.closest(".q");
    if (!card) return;
    card.hidden = false;
    card.open = true;
    card.scrollIntoView();
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });
  addEventListener("hashchange", reveal);
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  unfold.addEventListener("click", () => {
    const visible = cards.filter((card) => !card.hidden);
    const open = visible.some((card) => !card.open);
    for (const card of visible) card.open = open;
  });
  filter();
  reveal();
})();
