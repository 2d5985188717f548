// Three hints for a first visit, each gone for good once done or dismissed. They float over headers and move nothing.

import { recall, remember } from "./kept.js";

const narrow = matchMedia("(max-width: 899px)");
const STORE = "chenlian.hints";
const TARGETS = { clock: ".next", answer: ".phone[data-seat=staff] .device", trainer: ".phone[data-seat=trainer] .device" };

export function learned(hint) {
  const done = recall(STORE);
  if (!done[hint]) remember(STORE, { ...done, [hint]: true });
  hints();
}

export function hints() {
  const done = recall(STORE);
  let shown = 0;
  for (const hint of document.querySelectorAll(".hint")) {
    const name = hint.dataset.hint;
    const here = document.querySelector(TARGETS[name]) && (!narrow.matches || name !== "answer" || document.body.dataset.view === "staff");
    hint.hidden = !!done[name] || !here || (narrow.matches && (shown > 0 || "steps" in document.body.dataset));
    shown += !hint.hidden;
  }
  place();
}

// On a wide screen each hangs on the brow of a phone: the clock's on the last one, its tip towards the button above.
export function place() {
  const last = [...document.querySelectorAll(".device")].at(-1);
  for (const hint of document.querySelectorAll(".hint:not([hidden])")) {
    const target = document.querySelector(TARGETS[hint.dataset.hint]);
    if (narrow.matches || !target || !last) {
      hint.removeAttribute("style");
      continue;
    }
    const tip = middle(target);
    const device = hint.dataset.hint === "clock" ? last : target;
    const left = middle(device) - hint.offsetWidth / 2;
    hint.style.left = `${left}px`;
    hint.style.top = `${device.getBoundingClientRect().top - 2}px`;
    hint.style.setProperty("--at", `${Math.max(18, Math.min(hint.offsetWidth - 18, tip - left))}px`);
  }
}

function middle(element) {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}
