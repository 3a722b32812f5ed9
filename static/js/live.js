// Says that something came, and shows it when asked. Without this file the pages work the same.
// The socket tells counts and positions only; texts come from the page's own address.
"use strict";

const POLL = 30_000, STEADY = 10_000, SLOWEST = 60_000, MOST = 100;
const query = new URLSearchParams(location.search);
const places = [...document.querySelectorAll("[data-live]")].map((box) => ({
  box,
  since: Number(box.dataset.since) || 0,
  reached: 0,
  offers: "one" in box.dataset, // what is new; the queue's line is written anew
}));
let socket = null;
let wait = 1000;

const isOpen = () => socket?.readyState === WebSocket.OPEN;
const watch = ({ box, since }) => { if (isOpen()) socket.send(JSON.stringify({ watch: box.dataset.live, since })); };

function connect() {
  const begun = Date.now();
  socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/ws/`);
  socket.addEventListener("open", () => places.forEach(watch));
  socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    // Longer each time, and not all at once.
    wait = Date.now() - begun > STEADY ? 1000 : Math.min(2 * wait, SLOWEST);
    setTimeout(connect, wait * (0.5 + Math.random()));
  });
}

function hear({ stream, since, count }) {
  for (const place of places) {
    if (place.box.dataset.live !== stream || !count) continue;
    place.reached = since;
    if (place.offers) offer(place, count);
    else if (place.box.dataset.again) place.box.hidden = false;
    else if (place.box.dataset.part) place.box.dispatchEvent(new Event("stir"));
    else rewrite(place);
  }
}

async function fragment({ box, since, offers }) {
  const address = new URL(box.dataset.url, location.href);
  address.searchParams.set("since", since);
  const answer = await fetch(address, { headers: { "X-Fragment": offers ? "news" : box.dataset.again ?? "count" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function rewrite(place) {
  const text = (await fragment(place))?.body.textContent.trim();
  if (!text) return;
  if (place.box.textContent.trim() !== text) place.box.textContent = text;
  place.since = Math.max(place.since, place.reached);
}

function offer(place, count) {
  const { box, since } = place;
  box.hidden = !count;
  if (!count) return box.replaceChildren();
  const link = box.querySelector("a") ?? made("a", "btn");
  const words = count === 1 ? box.dataset.one : box.dataset.many.replace("{n}", count < MOST ? count : `${MOST}+`);
  link.replaceChildren(made("span", "live__dot"), ` ${words}`);
  link.href = `${box.dataset.url}?since=${since}`;
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(place, link.href);
  };
  if (!link.isConnected) box.replaceChildren(link);
}

async function show(place, address) {
  const found = await fragment(place);
  const news = articlesIn(found);
  // What stands on another page, or behind a filter, is shown on a page of its own.
  if (!found || query.has("show") || !news.every(put)) return location.assign(address);
  place.since = Number(found.querySelector("[data-since]")?.dataset.since ?? place.reached);
  offer(place, 0);
  watch(place);
  for (const article of news) mark(article, place.box.dataset.new);
  if (news.length) news[0].tabIndex = -1;
  news[0]?.focus();
}

function mark(article, word) {
  const badge = made("span", "badge");
  badge.textContent = word;
  article.classList.add("contrib--new");
  if (word) article.querySelector(".contrib__who")?.append(" ", badge);
}

// ---- where an article stands: roots by number, replies under their root

const articlesIn = (part) => [...(part?.querySelectorAll("article[data-number]") ?? [])];
const rootOf = (item) => {
  const { parent, number } = articlesIn(item)[0]?.dataset ?? {};
  return Number(parent ?? number);
};

// Puts an article in place, and answers whether that is on this page.
function put(article) {
  const old = document.getElementById(article.id);
  if (old) return old.replaceWith(article) ?? true;
  const thread = document.querySelector("#main ol.thread");
  const roots = [...(thread?.children ?? [])];
  const [earlier, later] = ["prev", "next"].map((rel) => document.querySelector(`link[rel=${rel}]`));
  const number = Number(article.dataset.number);
  if (article.dataset.parent) {
    const root = roots.find((item) => rootOf(item) === Number(article.dataset.parent));
    const replies = [...(root?.querySelectorAll(":scope > .replies > li") ?? [])];
    const next = replies.find((item) => Number(articlesIn(item)[0]?.dataset.number) > number);
    if (!root || (!next && later && root === roots.at(-1))) return false;
    return insert(article, root.querySelector(":scope > .replies") ?? root.appendChild(made("ol", "replies")), next);
  }
  const isBefore = query.get("order") === "newest" ? (root) => root < number : (root) => root > number;
  const next = roots.find((item) => isBefore(rootOf(item)));
  if (!thread || (next ? next === roots[0] && earlier : later)) return false;
  return insert(article, thread, next);
}

function made(tag, name = "") {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

function insert(article, into, next = null) {
  const item = made("li");
  item.append(article);
  into.insertBefore(item, next);
  return true;
}

// ---- without a socket it asks now and then, while it is looked at

async function poll() {
  if (document.hidden || isOpen()) return;
  for (const place of places) {
    if (place.box.dataset.part) place.box.dispatchEvent(new Event("stir"));
    else if (place.box.dataset.again) place.box.hidden &&= !(await fragment(place))?.body.textContent;
    else if (!place.offers) await rewrite(place);
    else if (place.box.hidden) offer(place, articlesIn(await fragment(place)).length);
  }
}

if (places.length) {
  connect();
  setInterval(poll, POLL);
  document.addEventListener("visibilitychange", poll);
}
