// Fetches what is live each second and puts it in its places; sends the form. All markup comes from the server.
const byId = (id) => document.getElementById(id);
const form = byId("load");
const plan = byId("plan");
const trouble = byId("trouble");
const narrow = matchMedia("(max-width: 40rem)");
const busy = ["waiting", "spawning", "running", "stopping"];
let state = "ready";
let byHand = false;
let shown = {};

function show(live) {
  state = live.state;
  byHand = live.byHand;
  const status = byId("status");
  status.dataset.state = state;
  if (status.textContent !== live.words) status.textContent = live.words;
  document.title = `${live.title} · Load`;
  for (const place of document.querySelectorAll("[data-part]")) {
    const part = live.parts[place.dataset.part] ?? "";
    if (shown[place.dataset.part] === part) continue;
    // A table that somebody scrolls, or has gone to by keyboard, stays as they have it.
    const before = place.querySelector(".scroll");
    const [scrolled, focused] = [before?.scrollLeft ?? 0, before !== null && before === document.activeElement];
    place.innerHTML = part;
    const after = place.querySelector(".scroll");
    if (after) after.scrollLeft = scrolled;
    if (focused) after?.focus();
  }
  shown = live.parts;
  arrange();
}

// What can be done now, and with which fields.
function arrange() {
  const hand = plan.value === "";
  const about = byId("about");
  about.textContent = plan.selectedOptions[0]?.dataset.about ?? "";
  about.hidden = about.textContent === "";
  for (const field of form.querySelectorAll(".hand input, .hand select")) field.disabled = !hand;
  form.querySelector(".hand").hidden = !hand;
  const going = busy.includes(state);
  byId("stop").hidden = !going;
  byId("stop").disabled = state === "stopping";
  const start = byId("start");
  start.disabled = state === "stopping";
  start.textContent = !going ? "Start" : hand && byHand && form.run_time.value === "" ? "Change users" : "Start this";
}

function complain(words) {
  trouble.textContent = words ?? "";
  trouble.hidden = !words;
}

async function send(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", body });
    const { success, message } = await answer.json();
    complain(success ? undefined : message);
  } catch {
    complain("The load generator does not answer: is it still running?");
  }
  await look();
}

async function look() {
  try {
    const answer = await fetch(`/live?width=${narrow.matches ? "narrow" : "wide"}`);
    const live = await answer.json();
    if (answer.ok) show(live);
    else complain(live.message);
  } catch {
    byId("status").dataset.state = "gone";
    byId("status").textContent = "no answer: has the load generator ended?";
  }
}

async function follow() {
  if (document.visibilityState === "visible") await look();
  setTimeout(follow, 1000);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void send("/swarm", new URLSearchParams(new FormData(form)));
});
form.addEventListener("input", arrange);
byId("stop").addEventListener("click", () => void send("/stop"));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void look());
arrange();
void follow();
