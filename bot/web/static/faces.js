// Faces and their dots: who has something new that we have not read.

import { recall, remember } from "./kept.js";
import { all, body, inSight, phoneOf } from "./page.js";

const tops = new Map(); // the newest letter of each person, as far as we know
const heard = new Set(); // who has something new that we have not read

export function learnTops() {
  const seen = recall("chenlian.seen");
  for (const { dataset } of all("#faces [data-top]")) {
    const top = Number(dataset.top);
    tops.set(dataset.pick, top);
    // a first visit has read the days before; a bank begun anew counts from the start again
    if (!(dataset.pick in seen) || seen[dataset.pick] > top) seen[dataset.pick] = Number(dataset.before);
  }
  remember("chenlian.seen", seen);
}

export function hear(person) {
  heard.add(person);
  marks();
}

export function marks() {
  const seen = recall("chenlian.seen");
  for (const phone of all(".phone").filter(inSight)) {
    const letters = all("[data-letter]:not(.mine)", phone).filter((row) => row.dataset.letter > 0);
    const { person } = phone.dataset;
    seen[person] = Math.max(0, ...letters.map((row) => Number(row.dataset.version)));
    tops.set(person, seen[person]);
    heard.delete(person);
  }
  remember("chenlian.seen", seen);
  for (const face of all("[data-pick]")) {
    const { pick: person, name, seat } = face.dataset;
    const unread = heard.has(person) || tops.get(person) > seen[person];
    face.toggleAttribute("data-unread", unread);
    face.setAttribute("aria-label", name + (unread ? `, ${body.dataset.wordUnread}` : ""));
    if (face.closest("#faces")) face.toggleAttribute("data-here", !!phoneOf(person) && seat === body.dataset.view);
  }
}
