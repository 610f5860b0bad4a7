// Follows what is saved: asks for the state of the chosen text, waits for the next one, shows it.
"use strict";

const wish = document.getElementById("wish");
const status = document.getElementById("status");
const why = document.getElementById("why");
const pages = document.getElementById("pages");
let asking = new AbortController();
let listed = "";

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function query() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(wish)) asked.set(name, value);
  if (!asked.has("large")) asked.set("large", "");
  for (const name of ["text", "brand"]) {
    if (!asked.has(name)) asked.set(name, wish.elements[name].dataset.first);
  }
  return asked;
}

// Only lessons have a guide.
function fit() {
  const file = wish.elements.text.value;
  document.getElementById("reader").disabled = !file.startsWith("curriculum/lessons/");
}

// Fill both lists, and leave alone what is chosen in them, even if it is gone.
function list(state) {
  const now = JSON.stringify([state.choices, state.brands]);
  if (now === listed) return;
  listed = now;
  const text = wish.elements.text;
  const chosen = text.value || text.dataset.first;
  const groups = new Map();
  for (const choice of state.choices) {
    if (!groups.has(choice.group)) {
      groups.set(choice.group, document.createElement("optgroup"));
      groups.get(choice.group).label = choice.group;
    }
    groups.get(choice.group).append(new Option(choice.label, choice.file));
  }
  text.replaceChildren(...groups.values());
  if (!state.choices.some((choice) => choice.file === chosen)) {
    text.prepend(new Option(`${chosen} (gone)`, chosen));
  }
  text.value = chosen;
  const brand = wish.elements.brand;
  const name = brand.value || brand.dataset.first;
  brand.replaceChildren(...state.brands.map((each) => new Option(each, each)));
  if (!state.brands.includes(name)) brand.prepend(new Option(`${name} (gone)`, name));
  brand.value = name;
  fit();
}

// Exchange only the pictures that differ, once they are there: nothing flickers, nothing moves.
async function draw(state, asked) {
  const ready = state.pages.map(async (page, number) => {
    const shown = pages.children[number];
    if (shown && shown.dataset.name === page.name) return shown;
    const image = new Image(page.width, page.height);
    image.dataset.name = page.name;
    image.alt = `Page ${number + 1} of ${state.pages.length}`;
    image.src = `page/${page.name}.png`;
    await image.decode();
    return image;
  });
  const images = await Promise.all(ready);
  if (asked.aborted) return;
  images.forEach((image, number) => {
    image.alt = `Page ${number + 1} of ${images.length}`;
    if (pages.children[number] === image) return;
    if (pages.children[number]) pages.children[number].replaceWith(image);
    else pages.append(image);
  });
  while (pages.children.length > images.length) pages.lastChild.remove();
  document.body.classList.toggle("old", state.why !== "");
  const shown = images.length ? " The pages below are the last that could be printed." : "";
  tell(state.why && state.why + shown);
}

function tell(words) {
  if (why.textContent !== words) why.textContent = words;
  why.hidden = words === "";
}

function finding(problem, withFile) {
  const item = document.createElement("li");
  item.className = problem.severity;
  const line = problem.line ? `line ${problem.line}` : "whole file";
  const place = element("p", withFile ? `${problem.file}, ${line} · ` : `${line[0].toUpperCase()}${line.slice(1)} · `, "place");
  place.append(element("span", `${problem.severity} ${problem.code}`, "kind"));
  const reason = document.createElement("details");
  reason.append(element("summary", "Why"), element("p", problem.why));
  item.append(place, element("p", problem.message), element("p", problem.fix, "fix"), reason);
  return item;
}

function report(state) {
  document.getElementById("file").textContent = wish.elements.text.value;
  const rows = state.problems.map((problem) => finding(problem, false));
  document.getElementById("problems").replaceChildren(...rows);
  const others = state.elsewhere.map((problem) => finding(problem, true));
  document.getElementById("elsewhere").replaceChildren(...others);
  document.getElementById("others").hidden = others.length === 0;
  const errors = state.problems.filter((problem) => problem.severity === "error").length;
  const advice = state.problems.length - errors;
  const name = wish.elements.text.selectedOptions[0].textContent;
  const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const found = state.problems.length
    ? `${counted(errors, "error")}, ${advice} of advice.`
    : "Nothing is wrong with this text.";
  document.getElementById("none").hidden = state.problems.length > 0;
  status.textContent =
    `${counted(state.pages.length, "page")}${state.why ? ", not as the file is now" : ""}. ` +
    `${found} Shown at ${new Date().toLocaleTimeString()}.`;
  document.title = `${name}${errors ? ` (${counted(errors, "error")})` : ""}`;
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

async function follow() {
  asking.abort();
  asking = new AbortController();
  const asked = asking.signal;
  let seen = "";
  while (!asked.aborted) {
    try {
      const words = query();
      words.set("seen", seen);
      const answer = await fetch(`state?${words}`, { signal: asked });
      const state = await answer.json();
      if (!answer.ok) throw new Error(state.why);
      if (state.version === seen) continue;
      list(state);
      report(state);
      await draw(state, asked);
      seen = state.version;
    } catch (error) {
      if (asked.aborted) return;
      document.body.classList.add("old");
      const ended = "The preview has ended, or cannot be reached. Start it again in the terminal.";
      tell(error instanceof TypeError ? ended : error.message);
      seen = "";
      await pause(1000);
    }
  }
}

wish.addEventListener("submit", (event) => event.preventDefault());
wish.addEventListener("change", () => {
  fit();
  history.replaceState(null, "", `?${query()}`);
  status.textContent = "Setting the pages…";
  follow();
});
follow();
