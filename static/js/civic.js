// Small helps on every page. Without this file everything still works.
"use strict";

// After a refused form the focus goes to the list of what is wrong.
const summary = document.querySelector("[data-error-summary]");
if (summary) {
  summary.focus();
}

// "120 characters left" under a text with a limit. Spoken only near the end.
for (const counter of document.querySelectorAll("[data-count]")) {
  const text = document.getElementById(counter.dataset.count);
  const limit = text ? Number(text.dataset.limit) : NaN;
  if (!limit) continue;
  const LOW = 50;
  const show = () => {
    const left = limit - text.value.length;
    const words = left < 0 ? counter.dataset.over : counter.dataset.words;
    counter.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    counter.classList.toggle("counter--low", left <= LOW);
    counter.setAttribute("aria-live", left <= LOW ? "polite" : "off");
  };
  counter.hidden = false;
  text.addEventListener("input", show);
  show();
}

// A page made for paper is sent there with one press.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Open menus close with Escape and when the reader clicks elsewhere.
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
