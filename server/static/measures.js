// A form that names a part of its page has that part fetched anew while it is filled in.
const form = document.querySelector("form[data-live]");

if (form) {
  let timer, latest;
  const refresh = async () => {
    latest?.abort();
    latest = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    const url = `${form.getAttribute("action")}?${query}`;
    try {
      const answer = await fetch(url, { signal: latest.signal, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(form.dataset.live);
      if (fresh) document.querySelector(form.dataset.live).replaceChildren(...fresh.childNodes);
      for (const input of form.querySelectorAll("input.input")) mark(input, page);
      history.replaceState(null, "", url);
    } catch { /* aborted, or offline: what is shown stays, the button still works */ }
  };
  /** Take over whether the server found an input wrong; the value stays the user's. */
  const mark = (input, page) => {
    const seen = page.getElementById(input.id);
    const wrong = seen?.getAttribute("aria-invalid");
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    const told = page.getElementById(`${input.id}-e`);
    document.getElementById(`${input.id}-e`)?.remove();
    if (told) input.closest(".field").append(document.importNode(told, true));
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(refresh, 250); });
  form.querySelector("select[name=measure]").addEventListener("change", (event) => {
    // Another measure asks for other figures: the form itself is a new one.
    clearTimeout(timer);
    event.stopPropagation();
    const query = new URLSearchParams({ measure: event.target.value });
    const words = form.querySelector("[name=find]")?.value;
    if (words) query.set("find", words);
    location.assign(`${form.getAttribute("action")}?${query}`);
  });
}

// Where there is too much to choose from, what some words find is offered as they are typed.
for (const box of document.querySelectorAll("[data-finds]")) {
  let timer, latest;
  const find = async () => {
    latest?.abort();
    latest = new AbortController();
    const query = new URLSearchParams(new FormData(box.form));
    for (const [name, value] of [...query]) if (!value) query.delete(name, value);
    try {
      const answer = await fetch(`${box.form.getAttribute("action")}?${query}`, { signal: latest.signal, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of box.form.querySelectorAll(`select[name=measure], #m-docs, #${box.id}-n`)) {
        const fresh = page.getElementById(old.id);
        if (!fresh) continue;
        old.replaceChildren(...document.importNode(fresh, true).childNodes);
        // Options put in anew choose among themselves.
        if (old.matches("select")) old.value = fresh.value;
      }
    } catch { /* aborted, or offline: the button still works */ }
  };
  box.addEventListener("input", (event) => {
    event.stopPropagation(); // nothing is worked out anew
    clearTimeout(timer);
    timer = setTimeout(find, 250);
  });
}
