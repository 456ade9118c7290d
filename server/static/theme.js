// Before the first paint: script works, and the stored appearance applies.
document.documentElement.classList.add("js");
try {
  document.documentElement.dataset.theme = localStorage.getItem("tiaowen.theme") || "";
} catch { /* storage is switched off: follow the system */ }
