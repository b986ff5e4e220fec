// Answering: one step after the other, every answer saved as it is given. Without this module
// the form is one long page that works.
for (const form of document.querySelectorAll("form[data-answering]")) begin(form);

function begin(form) {
  const steps = [...form.querySelectorAll(".step")];
  const bar = form.querySelector(".bar");
  const next = bar.querySelector(".next");
  const back = bar.querySelector(".back");
  const onward = next.textContent;
  const device = form.querySelector(".device");
  let here = -1;

  document.body.classList.add("stepped");
  bar.hidden = false;

  function show(step, moved = true) {
    here = Math.max(0, Math.min(step, steps.length - 1));
    for (const one of form.querySelectorAll(".now")) one.classList.remove("now", "first");
    const now = steps[here];
    now.classList.add("now");
    const block = now.closest(".block");
    if (block) {
      block.classList.add("now");
      block.classList.toggle("first", block.querySelector(".step") === now || now === block);
    }
    back.hidden = here === 0;
    next.textContent = here === 0 ? next.dataset.begin : onward;
    document.body.classList.toggle("on", here > 0);
    document.body.classList.toggle("last", here === steps.length - 1);
    tell();
    if (!moved) return;
    window.scrollTo(0, 0);
    const head = block ? block.querySelector("h2") : form.querySelector("h1");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }

  function go(step) {
    show(step);
    history.pushState({ step: here }, "");
  }

  function tell() {
    const asked = form.querySelectorAll("fieldset:not([hidden])").length;
    const given = form.querySelectorAll("fieldset:not([hidden]):has(input:checked)").length;
    const parts = [];
    if (here > 0) parts.push(fill(form.dataset.step, { step: here, steps: steps.length - 1 }));
    if (given > 0) parts.push(fill(form.dataset.answered, { n: given, all: asked }));
    bar.querySelector(".progress").textContent = parts.join(" · ");
    for (const shared of form.querySelectorAll("[data-points]")) {
      const points = [...shared.querySelectorAll("input")];
      const total = points.reduce((sum, one) => sum + (Number(one.value) || 0), 0);
      const line = shared.nextElementSibling;
      line.textContent = points.some((one) => one.value) ? fill(form.dataset.total, { n: total }) : "";
      line.classList.toggle("odd", total !== 100);
    }
  }

  // A step whose questions are all hidden (showing.js) is passed by.
  function after(step) {
    const isEmpty = (one) => one.querySelector("[data-question]") && !one.querySelector("fieldset:not([hidden]), .ask:not([hidden])");
    while (step < steps.length - 1 && isEmpty(steps[step])) step += 1;
    return step;
  }

  next.addEventListener("click", () => go(after(here + 1)));
  back.addEventListener("click", () => history.back());
  addEventListener("popstate", (event) => show(event.state?.step ?? 0));

  const saving = saver(form, bar.querySelector(".state"), device);
  form.addEventListener("change", (event) => { tell(); if (event.target.name) saving.soon(); });
  form.addEventListener("input", (event) => { tell(); if (!event.target.matches("[type=radio]")) saving.soon(1200); });

  // Enter in a field goes on; it must not send a form that is half filled in.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (here < steps.length - 1) go(after(here + 1));
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    saving.stop();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });

  for (const link of form.querySelectorAll(".wrong a")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      const step = field ? steps.indexOf(field.closest(".step")) : -1;
      if (step < 0) return;
      event.preventDefault();
      go(step);
      field.focus();
    });
  }

  const first = form.querySelector(".wrong a");
  const wrong = first && document.getElementById(first.hash.slice(1));
  const open = wrong ? steps.indexOf(wrong.closest(".step")) : (history.state?.step ?? 0);
  show(open, false);
  history.replaceState({ step: here }, "");
  if (!device.hidden) device.querySelector("output").textContent = location.href.split("?")[0];
}

function saver(form, state, device) {
  // Of an anonymous form nothing is kept on the way.
  if (!form.dataset.save) return { soon() {}, stop() {} };
  let timer = 0;
  let busy = false;
  let again = false;
  let stopped = false;

  async function save() {
    if (stopped) return;
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.save, { method: "POST", body, credentials: "omit" });
      const told = await answer.json();
      if (told.state === "saved") {
        form.elements.revision.value = told.revision;
        say(form.dataset.saved);
        const address = new URL(told.address, location.href).href;
        if (location.pathname !== told.address) history.replaceState(history.state, "", told.address);
        device.hidden = false;
        device.querySelector("output").textContent = address;
      } else if (told.state === "elsewhere") {
        stopped = true;
        say(form.dataset.elsewhere, true);
      } else if (told.state === "sent" || told.state === "closed") {
        stopped = true;
        location.reload();
      }
    } catch {
      say(form.dataset.unsaved, true);
      timer = setTimeout(save, 5000);
    }
    busy = false;
    if (again) soon(0);
  }

  function say(text, odd = false) {
    state.textContent = text;
    state.classList.toggle("odd", odd);
  }

  function soon(wait = 300) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  return { soon, stop() { clearTimeout(timer); stopped = true; } };
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
