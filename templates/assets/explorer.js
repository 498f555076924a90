// Makes the explorer instant: fetches the next view as a page, and puts its parts in place of these.
(() => {
  const filters = document.getElementById("filters");
  const selected = new Set();
  const MAX_SELECTED = 5;
  let request, timer, isEditing;

  // Both ends of a range are sent, empty or not: their order says which is the minimum.
  const addressOf = (form) => {
    const isRange = (name) => form.elements[name] instanceof RadioNodeList;
    const given = [...new FormData(form)].filter(([name, value]) => value.trim() || isRange(name));
    const query = new URLSearchParams(given).toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
    return form.getAttribute("action") + (query && "?" + query);
  };

  const countSelected = () => {
    const bar = document.querySelector(".bar");
    if (!bar) return;
    const count = selected.size;
    bar.firstElementChild.textContent = "Compare selected" + (count ? ` (${count})` : "");
    bar.lastElementChild.textContent =
      count > MAX_SELECTED ? `Choose at most ${MAX_SELECTED}; ${count} are selected.`
      : count > 1 ? "" : "Choose 2–5 models.";
  };

  const keepSelected = () => {
    const form = document.getElementById("compare");
    if (!form) return;
    const shown = new Map([...form.querySelectorAll("input[name=m]")].map((box) => [box.value, box]));
    for (const [id, box] of shown) if (box.checked) selected.add(id);
    for (const id of selected) {
      if (shown.has(id)) shown.get(id).checked = true;
      else form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "m", value: id }));
    }
    countSelected();
  };

  const replace = (next, withFields) => {
    const focused = document.activeElement?.id;
    const open = [...document.querySelectorAll("details[open]")].map((one) => one.id);
    const ids = withFields ? ["filters"] : ["sort", ...[...filters.querySelectorAll(".problem")].map((one) => one.id)];
    for (const id of [...ids, "count", "exports", "results"])
      document.getElementById(id).innerHTML = next.getElementById(id).innerHTML;
    for (const input of filters.querySelectorAll("[aria-describedby]"))
      input.setAttribute("aria-invalid", Boolean(input.nextElementSibling.textContent));
    for (const id of open) if (id) document.getElementById(id).open = true;
    if (document.activeElement === document.body)
      (document.getElementById(focused) ?? document.getElementById("count")).focus({ preventScroll: true });
  };

  // Edits in a row share one entry of the history, so that Back leads to the view before them.
  const remember = (address, isEdit) => {
    const isNew = address !== location.pathname + location.search;
    if (isNew) history[isEdit && isEditing ? "replaceState" : "pushState"](null, "", address);
    isEditing = isEdit && (isEditing || isNew);
  };

  const show = async (address, { isEdit, isReturn, withFields } = {}) => {
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(address, { signal: request.signal });
      if (!answer.ok) throw new Error(answer.status);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      replace(next, withFields);
      document.title = next.title;
      const canonical = new URL(next.querySelector("link[rel=canonical]").href);
      if (!isReturn) remember(canonical.pathname + canonical.search, isEdit);
      keepSelected();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };

  filters.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(addressOf(filters), { isEdit: true }), 200);
  });
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(addressOf(filters));
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "m") return;
    selected[event.target.checked ? "add" : "delete"](event.target.value);
    countSelected();
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
    clearTimeout(timer);
    show(link.getAttribute("href"), { withFields: true });
    if (link.closest("nav")) document.getElementById("count").scrollIntoView();
  });
  addEventListener("popstate", () => {
    clearTimeout(timer);
    isEditing = false;
    show(location.pathname + location.search, { isReturn: true, withFields: true });
  });
  addEventListener("pageshow", keepSelected);
})();
