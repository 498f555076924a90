// Makes the explorer instant: asks for the next view as it is, and puts it in place of this one.
(() => {
  const filters = document.getElementById("filters");
  const marked = new Set();
  let asked, waiting;

  const addressOf = (form) => {
    const given = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(given).toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
    return form.getAttribute("action") + (query && "?" + query);
  };

  const keepMarks = () => {
    const form = document.getElementById("compare");
    if (!form) return;
    const shown = new Map([...form.querySelectorAll("input[name=m]")].map((box) => [box.value, box]));
    for (const id of marked) {
      if (shown.has(id)) shown.get(id).checked = true;
      else form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "m", value: id }));
    }
  };

  const show = async (address, { push, fields }) => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of fields ? ["filters", "count", "results"] : ["count", "results"])
        document.getElementById(id).innerHTML = next.getElementById(id).innerHTML;
      document.title = next.title;
      document.querySelector("h1").textContent = next.querySelector("h1").textContent;
      const canonical = next.querySelector("link[rel=canonical]").href;
      const path = new URL(canonical).pathname + new URL(canonical).search;
      if (push !== null) history[push ? "pushState" : "replaceState"](null, "", path);
      keepMarks();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };

  filters.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(addressOf(filters), { push: false }), 200);
  });
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show(addressOf(filters), { push: true });
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "m") return;
    marked[event.target.checked ? "add" : "delete"](event.target.value);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "compare") return;
    event.preventDefault();
    location.assign(addressOf(event.target));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#results a, #filters a");
    const plain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.button || new URL(link.href).pathname !== "/") return;
    event.preventDefault();
    show(link.getAttribute("href"), { push: true, fields: true });
    if (link.closest("nav")) document.getElementById("count").scrollIntoView();
  });
  addEventListener("popstate", () => show(location.pathname + location.search, { push: null, fields: true }));
})();
