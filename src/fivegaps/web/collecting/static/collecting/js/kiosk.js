// A kiosk: one screen at a time, kept on the device, sent when there is a network, afresh for
// the next person.
import * as queue from "./kiosk_queue.js";

const COUNTDOWN = 20;
const BETWEEN_PRESSES = 350;
const page = document.body;
const told = page.dataset;
const form = document.querySelector("form");
const screens = [...document.querySelectorAll("[data-screen]")];
const thanks = document.querySelector("[data-thanks]");
const bar = document.querySelector(".bar");
const box = document.querySelector("[data-idle-box]");
const line = document.querySelector("[data-queue]");
const first = document.querySelector(".langs a");
const home = first ? first.getAttribute("href") : told.home;
let here = 0;
let resting = false;
let pressed = 0;
let touched = Date.now();
let started = new Date().toISOString();

const base = await queue.open().catch(() => null);
if (!base) say(told.unkept, true);

function show(number, moved = true) {
  here = number;
  for (const one of document.querySelectorAll(".now")) one.classList.remove("now");
  const now = screens[here];
  if (!now) return;
  now.classList.add("now");
  page.classList.toggle("busy", here > 0);
  if (bar) {
    bar.hidden = here === 0;
    bar.querySelector("[data-finish]").hidden = here !== screens.length - 1;
    bar.querySelector("[data-next]").hidden = here === screens.length - 1;
    bar.querySelector(".progress").textContent = fill(told.progress, { n: here, all: screens.length - 1 });
  }
  if (!moved) return;
  scrollTo(0, 0);
  now.querySelector("h1, h2").focus({ preventScroll: true });
}

function afresh() {
  box.hidden = true;
  form?.reset();
  for (const one of document.querySelectorAll("details")) one.open = false;
  started = new Date().toISOString();
  resting = false;
  for (const one of document.querySelectorAll(".pressed")) one.classList.remove("pressed");
  if (home !== told.home && !location.href.endsWith(home) && location.search) location.replace(home);
  else show(0);
}

async function finish(values) {
  if (resting || !base) return;
  resting = true;
  const id = queue.newId();
  const answered = new Date().toISOString();
  const search = new URLSearchParams({ wave: told.wave, answered });
  const fields = { ...values, submission_id: id, lang: told.lang, started, ...(told.consent && { consent: told.consent }), ...(told.trial && { trial: "1" }) };
  try {
    await queue.keep(base, { id, to: `${told.send}?${search}`, answered, fields });
  } catch {
    resting = false;
    say(told.unkept, true);
    return;
  }
  for (const one of document.querySelectorAll(".now")) one.classList.remove("now");
  thanks.classList.add("now");
  if (bar) bar.hidden = true;
  thanks.focus({ preventScroll: true });
  scrollTo(0, 0);
  setTimeout(afresh, Number(told.pause) * 1000);
  sendAll();
}

function filledIn() {
  const values = {};
  for (const [name, value] of new FormData(form)) if (value) values[name] = value;
  return values;
}

async function sendAll() {
  if (!base) return;
  await queue.send(base);
  await tell();
}

async function tell() {
  if (!base) return;
  const rows = await queue.all(base);
  const waiting = rows.filter((one) => !one.refused);
  const refused = rows.length - waiting.length;
  const parts = [];
  if (waiting.length) parts.push(fill(told.waiting, { n: waiting.length, age: age(waiting[0].answered) }));
  if (refused) parts.push(fill(told.refused, { n: refused }));
  say(parts.join(" · ") || told.sent, parts.length > 0);
}

function say(text, odd) {
  line.textContent = text;
  line.classList.toggle("waits", odd);
}

function age(since) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  const [number, unit] = seconds < 90 ? [seconds, "second"] : seconds < 5400 ? [Math.round(seconds / 60), "minute"] : [Math.round(seconds / 3600), "hour"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(number);
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// A second press within a blink is a trembling hand, not an answer.
function once(work) {
  return (event) => {
    if (resting || Date.now() - pressed < BETWEEN_PRESSES) return;
    pressed = Date.now();
    work(event);
  };
}

for (const one of document.querySelectorAll("[data-next]")) one.addEventListener("click", once(() => show(Math.min(here + 1, screens.length - 1))));
document.querySelector("[data-back]")?.addEventListener("click", once(() => show(Math.max(0, here - 1))));
document.querySelector("[data-again]")?.addEventListener("click", once(afresh));
document.querySelector("[data-finish]")?.addEventListener("click", once(() => {
  const values = filledIn();
  if (Object.keys(values).length) finish(values);
  else afresh();
}));
for (const one of document.querySelectorAll("[data-field]")) {
  one.addEventListener("click", once(() => {
    one.classList.add("pressed");
    finish({ [one.dataset.field]: one.value });
  }));
}
form?.addEventListener("submit", (event) => event.preventDefault());
form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});

// Nobody finds the answers of whoever stood here before.
const begun = () => here > 0 || document.querySelector("details[open]") || (form && Object.keys(filledIn()).length > 0) || (home !== told.home && location.search && !location.href.endsWith(home));
for (const kind of ["pointerdown", "keydown", "input", "wheel"]) {
  addEventListener(kind, () => { if (box.hidden) touched = Date.now(); }, { passive: true });
}
document.querySelector("[data-stay]").addEventListener("click", () => {
  touched = Date.now();
  box.hidden = true;
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Escape") box.querySelector("[data-stay]").click();
  if (event.key === "Tab") event.preventDefault();
});
setInterval(() => {
  const quiet = (Date.now() - touched) / 1000;
  if (resting || !begun() || quiet < Number(told.idle)) return;
  const left = Math.ceil(Number(told.idle) + COUNTDOWN - quiet);
  if (left <= 0) {
    touched = Date.now();
    afresh();
    return;
  }
  if (box.hidden) {
    box.hidden = false;
    box.querySelector("[data-stay]").focus();
  }
  box.querySelector("[data-left]").textContent = left;
}, 250);

addEventListener("online", sendAll);
setInterval(sendAll, 15000);
setInterval(tell, 5000);

// A new wave or a newer office: load the page anew, between two people only.
async function watch() {
  if (begun() || resting) return;
  try {
    const answer = await fetch(told.watch, { credentials: "omit" });
    if (answer.status === 404) location.reload();
    else if (answer.ok && (await answer.json()).state !== told.state) location.reload();
  } catch {
    // No network: what is here stays.
  }
}
setInterval(watch, 60000);

if ("serviceWorker" in navigator) {
  await navigator.serviceWorker.register(told.worker);
  const { active } = await navigator.serviceWorker.ready;
  const pages = [...document.querySelectorAll(".langs a")].map((one) => one.href);
  const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=modulepreload], link[rel=icon], script[src]")].map((one) => one.href || one.src);
  active.postMessage({ keep: [new URL(told.home, location.href).href, ...pages, ...files] });
}

if (screens.length) show(0, false);
await tell();
sendAll();
page.dataset.ready = "yes";
