// Outlines the present hour of the week, which a page that is cached or previewed cannot know.
(() => {
  const strip = document.querySelector("svg.week");
  const now = new Date();
  const hour = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const place = { class: "present", x: 36 + now.getUTCHours() * 12, y: ((now.getUTCDay() + 6) % 7) * 21, width: 12, height: 18 };
  for (const [name, value] of Object.entries(place)) hour.setAttribute(name, value);
  strip.append(hour);
  document.getElementById("present").hidden = false;
})();
