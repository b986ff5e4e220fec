// Keying sheets without a mouse: a digit answers and goes on, space leaves out, arrows move.
for (const form of document.querySelectorAll("form[data-keying]")) begin(form);

function begin(form) {
  const rows = [...form.querySelectorAll("[data-row]")];
  let half = null;

  const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
  const place = (target) => rows.indexOf(target.closest("[data-row]"));

  function go(number) {
    const row = rows[Math.max(0, Math.min(number, rows.length - 1))];
    const choices = radios(row);
    const chosen = choices.find((one) => one.checked) ?? choices[0] ?? row;
    half = null;
    chosen.focus({ preventScroll: true });
    chosen.select?.();
    row.scrollIntoView({ block: "center" });
  }

  function choose(row, value) {
    const one = radios(row).find((point) => point.value === value);
    if (one) one.checked = true;
    return Boolean(one);
  }

  // On a scale to 10 a 1 may be the first half of 10: it waits for the next key.
  function digit(row, key) {
    const here = rows.indexOf(row);
    if ("numbered" in row.dataset) {
      const one = key === "0" ? radios(row).at(-1) : radios(row)[Number(key) - 1];
      if (!one) return undefined;
      one.checked = true;
      return go(here + 1);
    }
    const values = radios(row).map((one) => one.value);
    if (half === row) {
      half = null;
      if (key === "0" && choose(row, "10")) return go(here + 1);
      go(here + 1);
      return radios(rows[here + 1]).length ? digit(rows[here + 1], key) : undefined;
    }
    if (key === "0" && !values.includes("0")) {
      choose(row, "");
      return go(here + 1);
    }
    if (!choose(row, key)) return undefined;
    if (key === "1" && values.includes("10")) half = row;
    else go(here + 1);
    return undefined;
  }

  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const here = place(target);
    if (here < 0) return;
    const row = rows[here];
    const isChoice = target.matches("input[type=radio]");
    if (key === "ArrowDown" || (key === "Enter" && target.matches("input"))) {
      if (target.matches("textarea")) return;
      event.preventDefault();
      go(here + 1);
    } else if (key === "ArrowUp" || (isChoice && (key === "Backspace" || key === "ArrowLeft"))) {
      if (target.matches("textarea")) return;
      event.preventDefault();
      go(here - 1);
    } else if (isChoice && key === "ArrowRight") {
      event.preventDefault();
      go(here + 1);
    } else if (isChoice && key === " ") {
      event.preventDefault();
      choose(row, "");
      go(here + 1);
    } else if (isChoice && /^[0-9]$/.test(key)) {
      event.preventDefault();
      digit(row, key);
    }
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);

  const wrong = document.querySelector(".wrong-list a");
  const field = wrong && document.getElementById(wrong.hash.slice(1));
  go(field ? place(field) : 0);
}
