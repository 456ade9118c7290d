// The maintainers' pages: files by drag and drop, and the progress of a job.
const form = document.querySelector("form[data-drop]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const told = form.querySelector(".adm-busy");
  const fits = () => {
    const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
    // Some room for what a form puts around its files.
    const small = size + 4096 * (input.files.length + 1) <= Number(form.dataset.most);
    told.textContent = small ? "" : told.dataset.large;
    return small;
  };
  input.addEventListener("change", fits);
  form.addEventListener("submit", (event) => {
    if (!fits()) {
      event.preventDefault();
      return;
    }
    told.textContent = told.dataset.busy;
    form.querySelector("button").disabled = true;
  });
  // Gone back to, the page is as it was left: the button works again.
  addEventListener("pageshow", () => { form.querySelector("button").disabled = false; told.textContent = ""; });
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("is-over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    form.addEventListener(name, () => form.classList.remove("is-over"));
  }
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

const job = document.querySelector("[data-job][data-state=running]");

if (job) {
  const stage = document.querySelector("#job-stage");
  const bar = document.querySelector("#job-bar");
  const look = async () => {
    try {
      const answer = await fetch(`/api/admin/jobs/${job.dataset.job}`, { headers: { accept: "application/json" } });
      const now = await answer.json();
      if (!answer.ok || now.state !== "running") {
        location.reload();
        return;
      }
      if (now.stage) stage.textContent = stage.dataset[now.stage];
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
        document.querySelector("#job-count").textContent = `${now.done}/${now.total}`;
      }
    } catch { /* offline, or the server starts anew: look again */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
}
