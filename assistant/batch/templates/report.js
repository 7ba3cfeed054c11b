// Shows only some questions. Without it, all are shown; nothing here writes into the report.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const output = document.getElementById("shown");
  const questions = [...document.querySelectorAll(".question")];
  const texts = new Map(); // lower-cased, as far as they were searched
  let waiting = 0;

  const text = (question) => {
    if (!texts.has(question)) texts.set(question, question.textContent.toLowerCase());
    return texts.get(question);
  };

  const wanted = () => {
    const given = new FormData(form);
    const statuses = new Set(given.getAll("status"));
    const kind = given.get("kind");
    const words = given.get("words").toLowerCase().split(/\s+/).filter(Boolean);
    return (question) => {
      const { status, conflicts } = question.dataset;
      return (
        (status === "" || statuses.has(status)) &&
        (kind === "" || (kind === "any" ? conflicts !== "" : conflicts.split(" ").includes(kind))) &&
        (words.length === 0 || words.every((word) => text(question).includes(word)))
      );
    };
  };

  const apply = () => {
    const fits = wanted();
    let count = 0;
    for (const question of questions) {
      const fitting = fits(question);
      question.hidden = !fitting;
      count += fitting;
    }
    const all = questions.length.toLocaleString("en");
    output.textContent = count === questions.length ? `All ${all} questions` : `${count.toLocaleString("en")} of ${all} questions`;
  };

  const each = (open) => () => {
    for (const question of questions) if (!question.hidden) question.open = open;
  };

  // Where a link leads into a folded or hidden question, it is shown.
  const lead = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const question = target && target.closest(".question");
    if (!question) return;
    question.hidden = false;
    question.open = true;
    target.scrollIntoView();
  };

  // Paper has nothing to click on. Browsers that style folded content need no help.
  const unfolded = [];
  window.addEventListener("beforeprint", () => {
    if (CSS.supports("selector(::details-content)")) return;
    for (const question of questions) if (!question.hidden && !question.open) unfolded.push(question);
    for (const question of unfolded) question.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const question of unfolded.splice(0)) question.open = false;
  });

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("unfold").addEventListener("click", each(true));
  document.getElementById("fold").addEventListener("click", each(false));
  window.addEventListener("hashchange", lead);
  form.hidden = false;
  apply();
  lead();
})();
