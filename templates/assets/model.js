// Folds long sections on a phone, and adds buttons that copy. Without it, sections are open.
(() => {
  if (matchMedia("(max-width:40rem)").matches && !location.hash)
    for (const part of document.querySelectorAll("section>details[open]")) part.open = false;

  if (!navigator.clipboard) return;
  const status = document.getElementById("copied");
  const copy = async (button, text) => {
    await navigator.clipboard.writeText(text);
    const label = button.textContent;
    button.textContent = status.textContent = "Copied";
    setTimeout(() => (button.textContent = label, status.textContent = ""), 2000);
  };
  for (const link of document.querySelectorAll("[data-copy]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      copy(link, link.dataset.copy).catch(() => location.assign(link.href));
    });
  for (const input of document.querySelectorAll(".copy input")) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
    button.setAttribute("aria-label", "Copy " + input.labels[0].textContent);
    button.addEventListener("click", () => copy(button, input.value).catch(() => input.select()));
    input.after(button);
  }
})();
