// Suggests models while a name is typed, and copies the link to the comparison.
(() => {
  const field = document.getElementById("m"), found = document.getElementById("found");
  const copy = document.getElementById("copy");
  let waiting, asked = "";

  const suggest = async () => {
    const last = field.value.lastIndexOf(",") + 1;
    const before = field.value.slice(0, last), name = field.value.slice(last).trim();
    if (name.length < 2 || name === asked) return;
    asked = name;
    const answer = await fetch("/api/models?" + new URLSearchParams({ q: name, limit: 8 })).catch(() => null);
    if (!answer?.ok || name !== asked) return;
    const { models } = await answer.json();
    found.replaceChildren(...models.map(({ id, name }) => new Option(name, before + id)));
  };

  field?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 200);
  });

  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const link = document.querySelector("link[rel=canonical]").href;
      const said = document.getElementById("copied");
      said.textContent = await navigator.clipboard.writeText(link).then(() => "Link copied", () => link);
    });
  }
})();
