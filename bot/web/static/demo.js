// The demo page's hands: posts taps and texts, listens for changes, and morphs fragments so that nothing jumps.

import { hear, learnTops, marks } from "./faces.js";
import { hints, learned, place } from "./hints.js";
import { keep } from "./kept.js";
import { morph } from "./morph.js";
import { all, body, calm, dark, inSight, narrow, one, phoneOf, root } from "./page.js";
import { banner, fragment, post, toast } from "./talk.js";

// ---- a phone: bring its newest state, show what is new, keep the reader's place and focus

const atEnd = (thread) => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 56;
const settled = new WeakMap(); // when a letter last changed under the finger

const drawn = async (person, skin) => one(".phone", await fragment(`/demo/phone/${person}?${root.dataset.kept}=${skin}`));

async function bringPhone(person) {
  if (!phoneOf(person)) return;
  const { skin } = root.dataset;
  const want = await drawn(person, skin);
  const phone = phoneOf(person);
  if (!phone || skin !== root.dataset.skin) return;
  const thread = one(".thread", phone);
  const ended = atEnd(thread);
  const focused = phone.contains(document.activeElement) ? document.activeElement : null;
  const focusedRow = focused?.closest("[data-letter]");
  const news = [];
  morph(phone, want, news);
  if (focused && !focused.isConnected) (focusedRow?.isConnected ? one("button", focusedRow) ?? focusedRow : thread).focus();
  show(phone, news, ended);
  marks();
}

function show(phone, news, ended) {
  const thread = one(".thread", phone);
  if (!news.length) return ended && end(thread);
  for (const { row, fresh } of news) {
    settled.set(row, performance.now());
    if (row.dataset.toast) toast(phone, row.dataset.toast);
    if (calm.matches) continue;
    if (fresh) row.animate([{ opacity: 0, transform: "translateY(12px)" }, {}], { duration: 260, easing: "cubic-bezier(.2,.7,.2,1)" });
    else one(".card", row).animate([{ boxShadow: "0 0 0 4px rgb(217 119 6 / .38)" }, {}], { duration: 1100, easing: "ease-out" });
  }
  const fresh = news.find((piece) => piece.fresh)?.row;
  if (ended || (fresh && acted === phone)) follow(thread, fresh ?? thread.lastElementChild);
  else if (acted === phone) news[0].row.scrollIntoView({ block: "nearest" });
  else if (fresh) one(".below", phone).hidden = false;
  announce(phone, news);
}

// To the end; but where more came than fits, to the beginning of what is new.
function follow(thread, first) {
  end(thread);
  const above = thread.getBoundingClientRect().top + 12 - first.getBoundingClientRect().top;
  if (above > 0) thread.scrollTop -= above;
}

function end(thread) {
  thread.scrollTop = thread.scrollHeight;
}

const SAID = 4;

function announce(phone, news) {
  const others = news.filter(({ row }) => !row.classList.contains("mine"));
  if (!others.length || !inSight(phone)) return;
  const name = one(".owner h2", phone).textContent;
  const text = others.map(({ row, fresh }) => (fresh ? "" : `${body.dataset.wordChanged} `) + one(".card", row).innerText.replace(/\s+/g, " "));
  const said = document.createElement("p"); // added, not put in the place of another's news that nobody has read out yet
  said.textContent = `${name}: ${text.join(" ")}`;
  const loud = one("#announce");
  loud.append(said);
  while (loud.childElementCount > SAID) loud.firstElementChild.remove();
}

let acted = null; // the phone last tapped or typed in

// ---- another person on the phone of a seat

async function pick(person, seat) {
  keep(seat, person);
  keep("view", seat);
  body.dataset.view = seat;
  const old = one(`.phone[data-seat="${seat}"]`);
  const held = document.activeElement?.closest("#faces") ? null : old.contains(document.activeElement);
  if (old.dataset.person !== String(person)) {
    const phone = await drawn(person, root.dataset.skin).catch(() => null);
    if (!phone) return banner(body.dataset.wordOffline);
    swap(old, phone);
    if (held) one(`[data-pick="${person}"]`, phone)?.focus();
  }
  if (seat === "trainer") learned("trainer");
  marks();
  hints();
}

const drafts = new Map();

function swap(old, phone) {
  drafts.set(old.dataset.person, one(".composer [name=text]", old).value);
  old.replaceWith(phone);
  one(".composer [name=text]", phone).value = drafts.get(phone.dataset.person) ?? "";
  end(one(".thread", phone));
}

// ---- another platform on every phone

// WeCom's look, once it is here; who stays with Telegram never loads it.
function cards() {
  if (one("#cards")) return null;
  const sheet = Object.assign(document.createElement("link"), { id: "cards", rel: "stylesheet", href: root.dataset.cards });
  return new Promise((loaded, failed) => {
    sheet.onload = loaded;
    sheet.onerror = () => (sheet.remove(), failed());
    document.head.append(sheet);
  });
}

async function wear(skin) {
  const phones = all(".phone");
  const wanted = [cards(), ...phones.map((phone) => drawn(phone.dataset.person, skin))];
  const [, ...pages] = await Promise.all(wanted).catch(() => []);
  if (!pages.length) return banner(body.dataset.wordOffline);
  root.dataset.skin = skin;
  keep(root.dataset.kept, skin);
  phones.forEach((old, at) => swap(old, pages[at]));
  choices();
  bringAll();
}

// ---- bringing news: each target once at a time, and once more if asked meanwhile

const running = new Map();

// Settled once the target is as new as when this was asked.
function bring(target) {
  const now = running.get(target);
  if (now) {
    now.again = true;
    return now.done;
  }
  const round = { again: false };
  running.set(target, round);
  round.done = brought(target, round);
  return round.done;
}

async function brought(target, round) {
  try {
    do {
      if (round.again) await new Promise((later) => setTimeout(later, 200));
      round.again = false;
      await (target === "scene" ? bringScene(false) : target === "all" ? bringScene(true) : bringPhone(target));
      if (one("#banner").textContent === body.dataset.wordOffline) banner("");
    } while (round.again);
  } catch {
    banner(body.dataset.wordOffline);
  } finally {
    running.delete(target);
  }
}

async function bringScene(whole) {
  const page = await fragment(whole ? "/demo/scene?tops" : "/demo/scene");
  for (const id of ["bar", "faces"]) morph(one(`#${id}`), one(`#${id}`, page), []);
  for (const clock of all(".status time")) clock.textContent = one("#bar .clock").textContent;
  learnTops();
  choices();
  marks();
}

async function bringAll() {
  await Promise.all(["all", ...all(".phone").map((phone) => phone.dataset.person)].map(bring));
  body.dataset.live = ""; // caught up: from here on it only listens
}

function listen() {
  const events = new EventSource("/demo/events");
  events.addEventListener("hello", bringAll);
  events.onmessage = ({ data }) => {
    const person = String(JSON.parse(data).person);
    bring("scene");
    if (person === "0") return;
    const phone = phoneOf(person);
    if (!phone || !inSight(phone)) hear(person);
    if (phone) bring(person);
  };
  let lost = 0;
  events.onerror = () => {
    lost ||= setTimeout(() => {
      lost = 0;
      if (events.readyState !== EventSource.OPEN) banner(body.dataset.wordOffline);
      if (events.readyState === EventSource.CLOSED) listen();
    }, 2500);
  };
}

// ---- what the person does

async function tap(button) {
  const phone = button.closest(".phone");
  const row = button.closest("[data-letter]") ?? button;
  const { person } = phone.dataset;
  acted = phone;
  const card = button.closest(".template");
  const said = card
    ? { card: row.dataset.key, key: button.value, chosen: new FormData(card).getAll("chosen") }
    : { letter: Number(row.dataset.letter ?? row.dataset.of), data: button.value };
  const answer = await post(card ? "/demo/press" : "/demo/tap", { person: Number(person), ...said }, row, phone);
  if (answer && phone.dataset.seat === "staff" && !button.value.startsWith("/")) learned("answer");
  await bring(person);
  acted = null;
}

async function say(form) {
  const phone = form.closest(".phone");
  const input = one("[name=text]", form);
  const text = input.value.trim();
  if (!text) return;
  const { person } = phone.dataset;
  acted = phone;
  const answer = await post("/demo/say", { person: Number(person), text }, form, phone);
  if (answer && input.value.trim() === text) input.value = "";
  await bring(person);
  acted = null;
}

async function advance(button) {
  const answer = await post("/demo/advance", { stop: button.dataset.stop ?? "" }, one("#bar"), null);
  delete body.dataset.steps;
  if (answer) learned("clock");
  bringAll();
}

// ---- choices: theme, skin, view

function choices() {
  for (const choice of all("[data-skin-choice]")) choice.setAttribute("aria-pressed", choice.dataset.skinChoice === root.dataset.skin);
  one("[data-act=theme]").setAttribute("aria-pressed", (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark");
  const folded = one("[data-act=steps]");
  folded.setAttribute("aria-expanded", "steps" in body.dataset);
  folded.disabled = !narrow.matches; // on a wide screen the steps are in sight
}

const acts = {
  theme() {
    const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    keep("theme", root.dataset.theme);
    choices();
  },
  steps() {
    if ("steps" in body.dataset) delete body.dataset.steps;
    else body.dataset.steps = "";
    choices();
    hints();
  },
  below(button) {
    button.hidden = true;
    one(".thread", button.closest(".phone")).scrollTo({ top: 1e7, behavior: calm.matches ? "auto" : "smooth" });
  },
};

// ---- wiring

document.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  const button = event.submitter;
  if (form.matches(".composer")) say(form);
  else if (form.matches(".keys, .chips, .template, .menu")) tap(button);
  else if (form.matches(".steps, .advance")) advance(button);
  else if (form.matches(".picks")) pick(button.value, button.name);
});

// The second half of a double tap must not answer the question that has just come under the finger.
document.addEventListener("click", (event) => {
  const changed = settled.get(event.target.closest?.("[data-letter]")) ?? -Infinity;
  if (event.detail > 1 && performance.now() - changed < 700) event.preventDefault();
}, { capture: true });

document.addEventListener("click", ({ target }) => {
  for (const menu of all(".menu details[open]")) if (!menu.contains(target) || target.closest("button")) menu.open = false;
  const button = target.closest("button");
  if (target.closest(".phone[data-seat=trainer]")) learned("trainer");
  if (!button) return;
  const { act, skinChoice, pick: person, seat, dismiss } = button.dataset;
  if (button.type === "button" && act in acts) acts[act](button);
  else if (skinChoice) wear(skinChoice);
  else if (button.type === "button" && person) pick(person, seat);
  else if (dismiss !== undefined) learned(button.closest(".hint").dataset.hint);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && "steps" in body.dataset) acts.steps();
  if (event.key === "Escape") for (const menu of all(".menu details[open]")) menu.open = false;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea")) return;
  const phone = event.target.closest(".phone");
  const place = "123456".includes(event.key) ? Number(event.key) - 1 : "abcdef".indexOf(event.key.toLowerCase());
  if (!phone || event.key.length !== 1 || place < 0) return;
  const letters = all("[data-letter]", phone).reverse().find((row) => one(".options, .list", row) && one(".keys, .presses", row));
  const button = letters && all("[data-data]", letters).find((key) => key.textContent.replace("✓", "").trim() === "ABCDEF"[place]);
  if (button) tap(button);
});

document.addEventListener("scroll", ({ target }) => {
  if (target.matches?.(".thread") && atEnd(target)) one(".below", target.closest(".phone")).hidden = true;
}, { capture: true, passive: true });

document.addEventListener("visibilitychange", () => !document.hidden && bringAll());
addEventListener("resize", place);
for (const query of [narrow, dark]) query.addEventListener("change", () => [choices, marks, hints].forEach((draw) => draw()));
for (const thread of all(".thread")) end(thread);
choices();
learnTops();
marks();
hints();
listen();
