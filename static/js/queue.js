// Keys for moderators, and a beginning for the public sentence. Without this file the queue works the same.
"use strict";

// A block of its own: scripts of one page share their outermost names.
{
  const OFF = "moderation-keys-off";
  const keys = document.getElementById("keys");
  const isOn = document.getElementById("keys-on");
  const form = document.querySelector("[data-decide]");
  // Asked for anew each time: the list is written again when colleagues take something.
  const lines = () => [...document.querySelectorAll(".qitem h3 a")];
  // Each key chooses the first of its outcomes that the form offers.
  const OUTCOMES = { a: ["publish", "restore", "review"], r: ["refuse", "hide"], m: ["move"], e: ["return"], s: ["redact"] };

  // A private window may keep nothing: then the choice holds for this page.
  const stored = {
    get: () => { try { return localStorage.getItem(OFF); } catch { return null; } },
    set: (off) => { try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* see above */ } },
  };
  if (keys && isOn) {
    isOn.checked = !stored.get();
    isOn.addEventListener("change", () => stored.set(!isOn.checked));
    for (const button of document.querySelectorAll("[data-keys-help]")) button.hidden = false;
  }

  const isTyping = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])");

  const press = (selector) => document.querySelector(selector)?.requestSubmit();

  // A key acts on the line in focus, which it opens; else on the item that is open. Where neither is, it brings the
  // focus to the first line and does nothing: no text is taken that nobody pointed at.
  function act(key) {
    const line = document.activeElement.closest(".qitem:not([aria-current])")?.querySelector("h3 a");
    if (line) location.assign(`${line.href}#key-${key}`);
    else if (!document.querySelector(".desk--item")) lines()[0]?.focus();
    else if (key === "c") press("[data-claim]");
    else choose(OUTCOMES[key]);
  }

  function choose(outcomes) {
    const radio = outcomes.map((outcome) => form?.querySelector(`[name=outcome][value=${outcome}]`)).find(Boolean);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const part = ["move", "redact"].includes(radio.value) ? radio.value : ["refuse", "hide", "return"].includes(radio.value) ? "refuse" : "none";
    // Of a move the suggestion box is offered first: Enter sends it there.
    const field = form.querySelector(`.reason--${part} [data-box]`) ?? form.querySelector(`.reason--${part} :is(select, textarea)`);
    (field ?? radio).focus();
    (field ?? radio).scrollIntoView({ block: "nearest" });
  }

  // On an item the neighbour opens; in the list the focus moves.
  function step(by) {
    const links = lines();
    const open = links.findIndex((link) => link.closest("[aria-current]"));
    const beside = document.querySelector(`.itemnav a[rel=${by > 0 ? "next" : "prev"}]`);
    if (open >= 0) links[open + by]?.click();
    else if (form || beside) beside?.click();
    else links[Math.max(0, links.indexOf(document.activeElement) + by)]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && form) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !isOn?.checked || isTyping(event.target)) return;
    if (event.target.closest("[popover]")) return;
    const key = event.key.toLowerCase();
    if (key === "?") keys.togglePopover();
    else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "u" || key === "z") press("[data-undo]");
    else if (key === "c" || OUTCOMES[key]) act(key);
    else return;
    event.preventDefault();
  });

  // What is marked in the text becomes the passage to redact.
  const passage = form?.querySelector("[name=passage]");
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    if (!passage || !form.querySelector("[value=redact]:checked") || marked.isCollapsed) return;
    if (marked.anchorNode?.parentElement?.closest(".modcard__text")) passage.value = marked.toString().trim();
  });
  // When colleagues take or open something, the part is fetched again as a page is. Focus stays on the same line.
  async function refresh(box) {
    const headers = { "X-Fragment": box.dataset.part };
    const answer = await fetch(box.dataset.url, { headers }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    const focused = box.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const chosen = [...box.querySelectorAll("input:checked")].map((input) => input.value);
    box.replaceChildren(made.content);
    for (const input of box.querySelectorAll("input[type=checkbox]")) input.checked = chosen.includes(input.value);
    if (focused) [...box.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  }
  for (const box of document.querySelectorAll("[data-part]")) box.addEventListener("stir", () => refresh(box));

  // Colleagues see what is looked at, as long as it is.
  const looked = document.querySelector("[data-look]");
  if (looked) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const tell = (words = {}) => {
      if (token) fetch(looked.dataset.look, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token }, body: new URLSearchParams(words) }).catch(() => null);
    };
    tell();
    setInterval(() => { if (!document.hidden) tell(); }, 20_000);
    window.addEventListener("pagehide", () => tell({ away: 1 }));
    window.addEventListener("pageshow", (event) => { if (event.persisted) tell(); });
  }

  // The key that led here from the list.
  const led = /^#key-([acemrs])$/.exec(location.hash)?.[1];
  if (led) {
    history.replaceState(null, "", location.pathname + location.search);
    if (form || led === "c") act(led);
  }

  // A reason brings its sentence, unless the moderator wrote one.
  if (form) {
    const sentence = form.querySelector("[name=sentence]");
    let brought = "";
    form.querySelector("[name=reason]")?.addEventListener("change", (event) => {
      if (sentence.value.trim() && sentence.value !== brought) return;
      brought = form.querySelector(`[data-suggestion="${CSS.escape(event.target.value)}"]`)?.textContent ?? "";
      sentence.value = brought;
      sentence.dispatchEvent(new Event("input"));
    });
    // One decision a click, also for a double one.
    form.addEventListener("submit", () => form.querySelectorAll("[type=submit]").forEach((button) => setTimeout(() => { button.disabled = true; })));
    window.addEventListener("pageshow", () => form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = false; }));
  }
}
