"use strict";
/* Finds people by the words of their names, or the beginnings of them, in any spelling and script. */
(() => {
  const form = document.getElementById("search");
  const list = document.getElementById("people");
  const found = document.getElementById("found");
  const status = document.getElementById("search-status");
  if (!form || !list || !found || !status) return;
  const input = form.querySelector("input");
  form.hidden = false;

  const entry = (person) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = person.path;
    link.className = "name";
    link.lang = person.lang;
    link.dir = person.dir;
    link.textContent = person.title;
    const states = document.createElement("span");
    states.className = "soft";
    states.textContent = ` ${person.states}`;
    item.append(link, states);
    return item;
  };

  const begins = (words, keys) => words.length > 0 && words.every((word) => keys.some((key) => key.startsWith(word)));

  const show = () => {
    const written = input.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const words = typeof esepFold === "function" ? esepFold(input.value) : written;
    list.hidden = words.length > 0;
    found.hidden = words.length === 0;
    if (!words.length) {
      found.replaceChildren();
      status.textContent = "";
      return;
    }
    const fits = esepPeople.filter((person) =>
      begins(words, person.keys.split(" ")) || begins(written, person.written.split(" ")));
    found.replaceChildren(...fits.map(entry));
    status.textContent = fits.length === 1 ? "1 entry found" : `${fits.length} entries found`;
  };

  input.addEventListener("input", show);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    show();
  }
})();
