// The workbench: sentences chosen with the mouse or the keyboard, statements by their labels, and what colleagues do.
// Without this file the page works the same, a page at a time.
"use strict";

{
  const OFF = "coding-keys-off", PAUSE = 1_500;
  const form = document.getElementById("coding");
  const keys = document.getElementById("keys");
  const isOn = document.getElementById("keys-on");
  const said = document.getElementById("coding-said");
  const boxes = 'input[type="checkbox"]';
  let busy = false, typed = "", timer = 0, here = null;

  const articles = () => [...form.querySelectorAll(".code")];
  const chosen = () => [...form.querySelectorAll(`.coding__list ${boxes}:checked`)];
  const say = (words) => { said.textContent = words; };

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

  // ---- what is chosen

  function count() {
    const line = form.querySelector("[data-chosen]");
    const number = chosen().length;
    form.classList.toggle("has-choice", number > 0);
    if (line) line.textContent = number === 1 ? line.dataset.one : number ? line.dataset.many.replace("{n}", number) : line.dataset.none;
  }

  function choose(box, on = !box.checked) {
    if (!box || box.disabled) return;
    box.checked = on;
    count();
  }

  form.addEventListener("change", (event) => { if (event.target.matches(boxes)) count(); });

  // Words that are marked with the mouse choose the sentences they stand in.
  let marked = false;
  form.addEventListener("mouseup", (event) => {
    const selection = document.getSelection();
    const text = event.target.closest?.(".code__text");
    if (!text || selection.isCollapsed || !selection.toString().trim()) return;
    const range = selection.getRangeAt(0);
    const labels = [...text.querySelectorAll("label")].filter((label) => range.intersectsNode(label) && touches(range, label));
    if (!labels.length) return;
    labels.forEach((label) => choose(label.control, true));
    selection.removeAllRanges();
    marked = true;
    setTimeout(() => { marked = false; });
  });
  form.addEventListener("click", (event) => { if (marked && event.target.closest("label")) event.preventDefault(); }, true);

  // A range that ends where a sentence begins does not touch it.
  function touches(range, label) {
    const part = range.cloneRange();
    const all = document.createRange();
    all.selectNodeContents(label);
    if (part.compareBoundaryPoints(Range.START_TO_START, all) < 0) part.setStart(all.startContainer, all.startOffset);
    if (part.compareBoundaryPoints(Range.END_TO_END, all) > 0) part.setEnd(all.endContainer, all.endOffset);
    return part.toString().trim() !== "";
  }

  // ---- where the reader is

  const number = (article) => Number(article?.dataset.number);
  const current = () => articles().find((article) => number(article) === here) ?? null;

  function stand(article, { focus = true } = {}) {
    for (const other of articles()) other.classList.toggle("code--here", other === article);
    here = article ? number(article) : null;
    if (article && focus) article.focus({ preventScroll: true });
    if (article && focus) article.scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("focusin", (event) => {
    const article = event.target.closest(".code");
    if (article && number(article) !== here) stand(article, { focus: false });
  });

  function step(by) {
    const rows = articles();
    const place = rows.indexOf(current());
    if (place >= 0 && rows[place + by]) return stand(rows[place + by]);
    if (place < 0) return stand(rows[0]);
    // The neighbour is on the page before or behind.
    form.querySelector(`.pager a[rel=${by > 0 ? "next" : "prev"}]`)?.focus();
  }

  function stepSentence(by) {
    const rows = [...(current() ?? articles()[0])?.querySelectorAll(`.code__text ${boxes}`) ?? []];
    const place = rows.indexOf(document.activeElement);
    rows[place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + by))]?.focus();
  }

  // ---- keys

  const isTyping = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])");

  function open(selector) {
    const part = form.querySelector(selector);
    if (!part) return;
    part.open = true;
    part.querySelector("input, textarea")?.focus();
  }

  // The figures of a label, "3.2" typed as 3 2: it goes there once no other label begins like that, or with Enter.
  function figure(key) {
    clearTimeout(timer);
    typed += key;
    const buttons = [...form.querySelectorAll("[data-label]")];
    const plain = (button) => button.dataset.label.replace(".", "");
    const begin = buttons.filter((button) => plain(button).startsWith(typed));
    const exact = begin.find((button) => plain(button) === typed);
    if (!begin.length) return forget();
    if (exact && begin.length === 1) return press(exact);
    say(typed);
    // After a while what stands there counts.
    timer = setTimeout(() => (exact ? press(exact) : forget()), PAUSE);
  }

  function enter() {
    const button = [...form.querySelectorAll("[data-label]")].find((one) => one.dataset.label.replace(".", "") === typed);
    if (!button) return false;
    press(button);
    return true;
  }

  const forget = () => { clearTimeout(timer); typed = ""; };
  const press = (button) => { forget(); form.requestSubmit(button); };

  function act(key) {
    if (key === "a") choose((current() ?? articles()[0])?.querySelector("[name=all]"));
    else if (key === "x") choose(document.activeElement.matches(`.code__text ${boxes}`) ? document.activeElement : null);
    else if (key === "s") form.querySelector("[name=to]")?.focus();
    else if (key === "n") open("[data-new]");
    else if (key === "o") open("[data-note]");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isOn?.checked) return;
    if (event.key === "Escape" && form.contains(event.target)) {
      if (isTyping(event.target)) return event.target.blur();
      chosen().forEach((box) => choose(box, false));
      return forget();
    }
    if (isTyping(event.target) || event.target.closest("[popover]")) return;
    const key = event.key.toLowerCase();
    const arrows = event.target.closest(".code") ? { arrowdown: 1, arrowup: -1, arrowright: "l", arrowleft: "h" } : {};
    if (key === "?") keys.togglePopover();
    else if (key === "j" || arrows[key] === 1) step(1);
    else if (key === "k" || arrows[key] === -1) step(-1);
    else if (key === "l" || arrows[key] === "l") stepSentence(1);
    else if (key === "h" || arrows[key] === "h") stepSentence(-1);
    else if (event.repeat) return;
    else if (/^[0-9]$/.test(key)) figure(key);
    else if (key === "enter" && typed) { if (!enter()) return; }
    else if ("axsno".includes(key)) act(key);
    else return;
    event.preventDefault();
  });

  // ---- sending, and showing what came of it in place

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    if (here) body.set("at", here);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body }).catch(() => null);
    const found = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    busy = false;
    // Without an answer the page asks itself, and the browser says what is wrong.
    if (!found) return event.submitter ? sendPlainly(event.submitter) : form.submit();
    if (!found.getElementById("coding")) return document.querySelector("main").replaceWith(found.querySelector("main"));
    show(found, { all: true });
    const errors = document.querySelector("#coding-errors [data-error-summary]");
    if (errors) return errors.focus();
    say([...found.querySelectorAll(".messages")].map((part) => part.textContent.trim()).join(" "));
    goOn();
  });

  function sendPlainly(button) {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: button.name, value: button.value });
    form.append(hidden);
    form.submit();
  }

  // Stays where the reader is; what has gone from the list gives its place to the next.
  function goOn() {
    const rows = articles();
    stand(current() ?? rows.find((article) => number(article) > (here ?? 0)) ?? rows.at(-1) ?? null);
  }

  // Puts the parts of a fresh page in place. What was chosen stays chosen, and what is typed stays typed, but after sending.
  function show(found, { all }) {
    const values = all ? [] : chosen().map((box) => box.value);
    const focused = all ? "" : document.activeElement?.id;
    const seen = all ? null : articles().find((article) => article.getBoundingClientRect().bottom > 0);
    const top = seen?.getBoundingClientRect().top;
    for (const part of document.querySelectorAll("[data-swap]")) {
      if (!all && ["coding-tray", "coding-errors"].includes(part.id)) continue;
      const fresh = found.getElementById(part.id);
      if (fresh) part.replaceWith(fresh);
    }
    if (!all) offer(found);
    for (const box of form.querySelectorAll(boxes)) if (values.includes(box.value)) box.checked = true;
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
    for (const article of articles()) article.classList.toggle("code--here", number(article) === here);
    count();
    // Nothing jumps under the eyes when something above went or came.
    const again = seen && articles().find((article) => number(article) === number(seen));
    if (again) scrollBy(0, again.getBoundingClientRect().top - top);
  }

  // New statements of colleagues can be chosen, whatever is typed beside.
  function offer(found) {
    const [list, fresh] = [form.querySelector("#to"), found.getElementById("to")];
    if (!list || !fresh) return;
    const value = list.value;
    list.replaceChildren(...fresh.children);
    list.value = value;
    if (list.selectedIndex < 0) list.selectedIndex = 0;
  }

  async function refresh() {
    if (busy) return;
    const answer = await fetch(location.href, { headers: { "X-Fragment": "coding" } }).catch(() => null);
    if (busy || !answer?.ok || answer.redirected) return;
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), { all: false });
  }
  document.querySelector('[data-part="coding"]')?.addEventListener("stir", refresh);

  const led = document.getElementById(location.hash.slice(1));
  if (led?.matches(".code")) stand(led);
  count();
}
