"use strict";
// Shows what stands behind a number. Works on the page alone: no network, nothing stored.
(() => {
  const data = JSON.parse(document.getElementById("results").textContent);
  const panel = document.getElementById("trace");
  const heading = panel.querySelector("h2"), list = panel.querySelector("div");
  const cells = Array.from(document.querySelectorAll("[data-r]"));
  const places = new Map(cells.map((cell, index) => [cell, index]));
  const named = new Set(data.columns.slice(0, data.columns.indexOf("value")));
  const words = { text: "as printed", n_missing: "n missing", source: "source rows" };
  const order = ["statistic", "value", "text", "unit", "method", "convention", "n", "n_missing", "warning", "error", "origin", "source"];
  let asked = null;

  const made = (name, text) => { const part = document.createElement(name); part.textContent = text; return part; };
  const row = (number) => Object.fromEntries(data.columns.map((column, at) => {
    const held = data.rows[number][at];
    return [column, named.has(column) ? data.texts[held] : held];
  }));
  const numbers = (cell) => cell.dataset.r.split(" ").flatMap((run) => {
    const [first, last = first] = run.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });

  function title(cell) {
    const line = cell.closest("tr"), table = cell.closest("table");
    if (!line) return cell.parentElement.querySelector("dt").textContent;
    const above = cell.closest(".piece").querySelector(".number");
    const column = table.tHead.rows[0].cells[cell.cellIndex];
    const own = cell.tagName === "TH" ? [cell.innerText.trim()] : [line.cells[0].innerText.trim(), column && column.innerText.trim()];
    return [above && above.textContent.replace(/[.:]$/, ""), ...own].filter(Boolean).join(" · ");
  }

  function shown(number) {
    const found = row(number), part = document.createElement("dl");
    const about = [found.group_level, found.label, found.level, found.visit].filter(Boolean).join(", ");
    if (about) part.append(made("dt", "of"), made("dd", about));
    for (const name of order) {
      const held = name === "value" && found.value === null && found.error ? "no number" : found[name];
      if (held === null || held === "") continue;
      part.append(made("dt", words[name] || name), made("dd", String(held)));
    }
    return part;
  }

  function open(cell) {
    if (asked) asked.removeAttribute("aria-current");
    asked = cell;
    asked.setAttribute("aria-current", "true");
    heading.textContent = title(cell);
    list.replaceChildren(...numbers(cell).map(shown));
    panel.hidden = false;
    panel.scrollTop = 0;
    history.replaceState(null, "", "#number-" + (places.get(cell) + 1));
    panel.focus({ preventScroll: true });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    asked.removeAttribute("aria-current");
    history.replaceState(null, "", location.pathname + location.search);
    asked.focus();
  }

  // One stop of the Tab key a table; arrow keys go from number to number.
  const tables = new Set();
  for (const cell of cells) {
    const home = cell.closest("table") || cell;
    cell.tabIndex = tables.has(home) ? -1 : 0;
    cell.setAttribute("aria-haspopup", "dialog");
    tables.add(home);
  }

  function neighbour(cell, key) {
    const line = cell.closest("tr");
    if (!line) return null;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const side = Array.from(line.cells).filter((other) => other.dataset.r);
      return side[side.indexOf(cell) + (key === "ArrowRight" ? 1 : -1)];
    }
    const lines = Array.from(cell.closest("table").rows), step = key === "ArrowDown" ? 1 : -1;
    for (let at = lines.indexOf(line) + step; at >= 0 && at < lines.length; at += step) {
      const other = lines[at].cells[cell.cellIndex];
      if (other && other.dataset.r) return other;
    }
    return null;
  }

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-r]");
    if (cell && !String(getSelection())) open(cell);
    else if (event.target.closest("#trace button")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    const cell = event.target.closest && event.target.closest("[data-r]");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(cell); return; }
    const next = event.key.startsWith("Arrow") && neighbour(cell, event.key);
    if (next) { event.preventDefault(); cell.tabIndex = -1; next.tabIndex = 0; next.focus(); }
  });

  const followed = () => {
    const found = /^#number-(\d+)$/.exec(location.hash), cell = found && cells[found[1] - 1];
    if (cell) { cell.scrollIntoView({ block: "center" }); open(cell); }
  };
  addEventListener("hashchange", followed);
  followed();
})();
