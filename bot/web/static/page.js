// The page's parts by name.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const body = document.body;
export const root = document.documentElement;
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
export const narrow = matchMedia("(max-width: 899px)");
export const dark = matchMedia("(prefers-color-scheme: dark)");

export const phoneOf = (person) => one(`.phone[data-person="${person}"]`);
export const inSight = (phone) => !document.hidden && (!narrow.matches || phone.dataset.seat === body.dataset.view);
