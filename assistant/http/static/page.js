// What the page does better with a script: answers without leaving the page, the cited article beside its answer,
// and keys. Everything works without it; where anything here fails, the browser follows the link instead.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const panel = document.getElementById("panel");
  const form = document.getElementById("ask");
  const answer = document.getElementById("answer");
  const progress = document.getElementById("progress");
  let opened = null; // the number whose article is beside the answer
  let asking = null; // the request at work
  let reading = null;
  let shownFor = location.search;

  const part = (address, name) => {
    const url = new URL(address, location.href);
    url.searchParams.set("part", name);
    url.hash = "";
    return url;
  };

  const parsed = (html) => {
    const read = new DOMParser().parseFromString(html, "text/html");
    return [...read.body.childNodes].map((node) => document.adoptNode(node));
  };

  // The article beside its answer

  const cites = () => {
    const first = new Map();
    for (const link of document.querySelectorAll("#answer a.cite"))
      if (!first.has(link.dataset.n)) first.set(link.dataset.n, link);
    return [...first.values()].sort((a, b) => a.dataset.n - b.dataset.n);
  };

  const current = (number) => {
    for (const link of document.querySelectorAll("a.cite"))
      if (link.dataset.n === number) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
  };

  const bar = (link) => {
    const line = document.createElement("div");
    const whole = document.createElement("a");
    const button = document.createElement("button");
    line.className = "bar";
    whole.href = link.href;
    whole.textContent = `Source [${link.dataset.n}] on a page of its own`;
    button.type = "button";
    button.textContent = "Close";
    button.addEventListener("click", close);
    line.append(whole, button);
    return line;
  };

  const open = async (link) => {
    if (reading) reading.abort();
    reading = new AbortController();
    try {
      const response = await fetch(part(link.href, "article"), { signal: reading.signal, redirect: "error" });
      if (response.status === 401) return void location.assign(link.href);
      panel.replaceChildren(bar(link), ...parsed(await response.text()));
    } catch (error) {
      if (error.name !== "AbortError") location.assign(link.href);
      return;
    }
    const before = link.getBoundingClientRect().top;
    panel.hidden = false;
    document.documentElement.classList.add("open");
    window.scrollBy({ top: link.getBoundingClientRect().top - before, behavior: "instant" }); // lines wrap anew
    opened = link;
    current(link.dataset.n);
    panel.focus({ preventScroll: true });
    const mark = panel.querySelector("#cited");
    panel.scrollTop = 0;
    const down = mark ? mark.getBoundingClientRect().top - panel.getBoundingClientRect().top : 0;
    if (down > panel.clientHeight / 2) panel.scrollTop = down - panel.clientHeight / 3;
  };

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    panel.replaceChildren();
    document.documentElement.classList.remove("open");
    current(null);
    if (opened && opened.isConnected) opened.focus();
    opened = null;
  };

  const step = (by) => {
    const links = cites();
    if (!links.length) return;
    const from = opened || document.activeElement;
    const at = links.findIndex((link) => from && from.dataset && link.dataset.n === from.dataset.n);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : (at + by + links.length) % links.length];
    if (opened) open(next);
    else next.focus();
  };

  // The answer without leaving the page

  // Lines of JSON: what is being done, in words, and last the answer's part of the page.
  const staged = async (url, signal) => {
    const response = await fetch(part(url, "stages"), { signal, redirect: "error" });
    if (!response.ok || !response.body) return null;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let unread = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return null;
      const lines = (unread + value).split("\n");
      unread = lines.pop();
      for (const line of lines.filter(Boolean).map((text) => JSON.parse(text))) {
        if (line.html !== undefined) return parsed(line.html);
        progress.textContent = line.stage;
      }
    }
  };

  const ask = async (url) => {
    if (asking) asking.abort();
    asking = new AbortController();
    close();
    answer.classList.add("busy");
    answer.setAttribute("aria-busy", "true");
    try {
      const found = await staged(url, asking.signal);
      if (!found) return void location.assign(url);
      answer.replaceChildren(...found);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
      return;
    }
    answer.classList.remove("busy");
    answer.removeAttribute("aria-busy");
    history.pushState(null, "", url);
    shownFor = location.search;
    const asked = answer.querySelector("#asked");
    document.title = asked ? `${asked.textContent} – Crosscheck` : "Crosscheck";
    const verdict = answer.querySelector(".firm");
    if (verdict) announce(verdict.textContent.replace(/\s+/g, " ").trim());
    else progress.textContent = ""; // what went wrong is an alert of its own
  };

  // Read out, not shown: it stands below already.
  const announce = (text) => {
    const said = document.createElement("span");
    said.className = "aloud";
    said.textContent = `Answer: ${text}`;
    progress.replaceChildren(said);
  };

  if (form && answer)
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const url = new URL("/", location.href);
      for (const [name, value] of new FormData(form)) if (value !== "" || name === "q") url.searchParams.append(name, value);
      ask(url);
    });

  window.addEventListener("popstate", () => {
    if (location.search !== shownFor) location.reload();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("#answer a.cite");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = document.getElementById("q");
    if (event.key === "/" && field) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
  });
})();
