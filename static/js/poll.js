/* Asks again for a part of the page that is being made, until it says that it is there. Without script: open anew. */
(() => {
  "use strict";
  const EVERY = 3000;

  const ask = async (part) => {
    try {
      const answer = await fetch(part.dataset.poll, { headers: { "X-Fragment": "part" }, credentials: "same-origin" });
      if (!answer.ok) return again(part);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[class='" + part.className + "']");
      if (!made) return again(part);
      part.replaceChildren(...made.childNodes);
      if (made.dataset.poll) again(part);
      else delete part.dataset.poll;
    } catch {
      again(part);
    }
  };

  const again = (part) => setTimeout(ask, EVERY, part);

  document.querySelectorAll("[data-poll]").forEach(again);
})();
