// Jiebang 揭榜: what script adds. Every page works without it; nothing here decides anything,
// the server does. No library, no inline style, no eval: it runs under the strict CSP.
// What each attribute does is listed in docs/design-system.md.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
/// Words come from the page, in the reader's language: "剩 {d} 天" with {d: 3} reads "剩 3 天".
const fill = (words, values) => (words ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

/// The browser's small memory. It may be full, or forbidden: then we forget, and nothing breaks.
const memory = {
  get(key) { try { return JSON.parse(localStorage.getItem(`jiebang:${key}`)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`jiebang:${key}`, JSON.stringify(value)); } catch { /* see above */ } },
  drop(key) { try { localStorage.removeItem(`jiebang:${key}`); } catch { /* see above */ } },
  dropAll(prefix) {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(`jiebang:${prefix}`))
        .forEach((key) => localStorage.removeItem(key));
    } catch { /* see above */ }
  },
};

document.documentElement.classList.add("js");
const person = document.body.dataset.person ?? "";

// ---------- autosave ----------
// A form is a section of a draft with a version, its hidden input `base`. One request is under way
// at most; the next leaves when the answer is here, so our own saves never conflict with each other.

const quiet = 2000; // ms after the last key
const retries = [5000, 15000, 30000, 60000]; // ms until the server is tried again
const keepaliveLimit = 60000; // bytes; browsers refuse larger bodies on a page that is going away

/// The form's answers as [name, value] pairs, without files and without what belongs to the request.
const answersOf = (form) => [...new FormData(form)]
  .filter(([name, value]) => typeof value === "string" && name !== "base" && name !== "csrf");

/// Sets what the form holds under a name to these values (a group of boxes may have several).
const setAnswers = (form, name, values) => {
  const controls = [...form.elements].filter((control) => control.name === name);
  const counted = controls.filter((control) => !["checkbox", "radio", "select-multiple"].includes(control.type));
  for (const control of controls) {
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.type === "select-multiple") {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else control.value = values[counted.indexOf(control)] ?? "";
    control.dispatchEvent(new Event("jiebang:set", { bubbles: true }));
  }
};

const grouped = (pairs) => {
  const groups = new Map();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
};

/// What a server may tidy (line ends, outer blanks) is no difference worth asking a person about.
const plain = (values) => (values ?? []).map((value) => value.replace(/\r\n?/g, "\n").trim()).join("\u0000");

const autosave = (form) => {
  const base = form.elements.base;
  const url = form.dataset.autosave;
  const words = form.dataset;
  const key = `draft:${form.id}:${url}`;
  const region = form.querySelector(".save-state") ?? form.appendChild(make("p", "save-state"));
  let edits = 0; // edits made here
  let kept = 0; // edits the server has
  let request = null; // the save under way
  let timer = 0;
  let failures = 0;
  let conflict = null; // the block on the page, while a conflict is open
  let leaving = false;

  const show = (state, text) => {
    region.setAttribute("aria-live", state === "saving" || state === "saved" ? "off" : "polite");
    region.dataset.state = state;
    region.textContent = text;
  };
  const plan = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const remember = () => memory.set(key, { base: base.value, answers: answersOf(form) });
  const touched = () => { edits += 1; leaving = false; if (!conflict) plan(quiet); };

  const later = () => {
    remember();
    show("offline", words.wordsOffline ?? "");
    plan(retries[Math.min(failures, retries.length - 1)]);
    failures += 1;
  };

  async function save() {
    clearTimeout(timer);
    if (request || conflict || edits === kept) return;
    const sent = edits;
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    show("saving", words.wordsSaving ?? "");
    request = fetch(url, {
      method: "POST", body, credentials: "same-origin", redirect: "manual",
      headers: { "X-Requested-With": "jiebang", Accept: "application/json" },
      keepalive: document.visibilityState === "hidden" && body.toString().length < keepaliveLimit,
    });
    try {
      const response = await request;
      const isJSON = (response.headers.get("content-type") ?? "").includes("json");
      const answer = isJSON ? await response.json() : null;
      request = null;
      if (response.ok && answer?.version !== undefined) {
        base.value = answer.version;
        kept = sent;
        failures = 0;
        const at = new Date(answer.savedAt ?? Date.now());
        const time = at.toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
        show("saved", fill(answer.message ?? words.wordsSaved, { time }));
        if (edits === kept) memory.drop(key); else { remember(); plan(quiet); }
        document.dispatchEvent(new CustomEvent("jiebang:saved", { detail: form }));
      } else if (response.status === 409 && answer?.fields) {
        remember();
        // Typed on since? Then what stands in the form is "mine", not what was sent.
        const now = edits === sent ? new Map() : grouped(answersOf(form));
        openConflict({
          ...answer, fields: answer.fields.map((field) => ({ ...field, mine: now.get(field.id) ?? field.mine })),
        });
      } else if (response.status >= 500 || response.status === 429) {
        later();
      } else { // refused, or signed out: trying again by ourselves would not help
        remember();
        show("refused", answer?.message ?? words.wordsRefused ?? words.wordsOffline ?? "");
      }
    } catch { // no network, or a page that is going away
      request = null;
      later();
    }
  }

  /// Both versions of each field, side by side; nothing is sent until each has been chosen.
  function openConflict({ message, version, fields, adopt }) {
    show("conflict", message ?? words.wordsConflict ?? "");
    conflict = make("section", "conflict");
    conflict.tabIndex = -1;
    conflict.append(make("h3", "", words.wordsConflict ?? message));
    if (message && message !== words.wordsConflict) conflict.append(make("p", "", message));
    let open = fields.length;
    const settle = () => {
      base.value = version;
      conflict.remove();
      conflict = null;
      edits += 1;
      adopt?.();
      save();
    };
    for (const field of fields) {
      const group = make("div", "flow");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", field.label);
      const versions = make("div", "versions");
      let decided = false;
      const choose = (chosen, value) => {
        if (value !== undefined) setAnswers(form, field.id, [].concat(value));
        all(".version", versions).forEach((side) => side.classList.toggle("chosen", side === chosen));
        if (!decided) { decided = true; open -= 1; }
        if (open === 0) settle();
      };
      const side = (title, value, button, take) => {
        const box = make("div", "version", [].concat(value ?? "").join("、"));
        box.prepend(make("b", "", title));
        const action = make("button", "secondary", button);
        action.type = "button";
        action.addEventListener("click", () => choose(box, take));
        box.append(action);
        versions.append(box);
      };
      side(words.wordsMineTitle ?? "", field.mine, words.wordsMine, undefined);
      side(words.wordsTheirsTitle ?? "", field.theirs, words.wordsTheirs, field.theirs ?? "");
      group.append(make("h4", "", field.label), versions);
      conflict.append(group);
    }
    form.prepend(conflict);
    if (open === 0) settle(); else conflict.focus();
  }

  /// What an earlier visit could not send. If the server's version is still the one it was written
  /// over, put it back; if it has moved on since, show both.
  function recover() {
    const draft = memory.get(key);
    if (!draft) return;
    const mine = grouped(draft.answers);
    const theirs = grouped(answersOf(form));
    const names = [...new Set([...mine.keys(), ...theirs.keys()])]
      .filter((name) => plain(mine.get(name)) !== plain(theirs.get(name)));
    if (names.length === 0) { memory.drop(key); return; }
    names.forEach((name) => setAnswers(form, name, mine.get(name) ?? []));
    edits += 1;
    if (draft.base === base.value) { save(); return; }
    openConflict({
      version: base.value,
      fields: names.map((name) => ({
        id: name, label: labelOf(form, name), mine: mine.get(name) ?? [], theirs: theirs.get(name) ?? [],
      })),
    });
  }

  form.addEventListener("input", (event) => { if (event.target.type !== "file") touched(); });
  form.addEventListener("focusout", () => save());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  addEventListener("online", () => { failures = 0; save(); });
  addEventListener("beforeunload", (event) => { if (edits !== kept && !leaving) event.preventDefault(); });

  // The person sends the form themselves: let a save under way arrive first, for it moves `base`.
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(timer);
    if (conflict) { event.preventDefault(); conflict.focus(); return; }
    if (request) {
      event.preventDefault();
      await request.catch(() => {});
      setTimeout(() => form.requestSubmit(event.submitter), 0);
      return;
    }
    leaving = true;
    if (navigator.onLine) memory.drop(key); else remember();
  });
  recover();
};

const labelOf = (form, name) => {
  const control = [...form.elements].find((element) => element.name === name);
  const label = control?.type === "radio" || control?.type === "checkbox"
    ? control.closest("fieldset")?.querySelector("legend") : control?.labels?.[0];
  return label?.textContent.trim() ?? name;
};

// ---------- live regions ----------
// A region with data-live="URL" is fetched again after each save. What comes is parsed without
// running it, and anything that could run, load or submit elsewhere is thrown away.

const refused = "script, style, link, meta, base, iframe, frame, object, embed, template";

const safeNodes = (html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  all(refused, parsed).forEach((node) => node.remove());
  for (const node of all("*", parsed)) {
    for (const { name, value } of [...node.attributes]) {
      const runs = /^on/i.test(name) || name === "style" || name === "srcdoc";
      if (runs || /^\s*(javascript|vbscript|data):/i.test(value)) node.removeAttribute(name);
    }
  }
  return [...parsed.body.childNodes].map((node) => document.importNode(node, true));
};

const live = (region) => {
  if (!region.hasAttribute("aria-live")) region.setAttribute("aria-live", "polite");
  let turn = 0;
  let last = "";
  const refresh = async () => {
    turn += 1;
    const mine = turn;
    try {
      const response = await fetch(region.dataset.live, {
        credentials: "same-origin", redirect: "error", headers: { "X-Requested-With": "jiebang", Accept: "text/html" },
      });
      const html = await response.text();
      if (!response.ok || mine !== turn || html === last) return;
      last = html;
      const opened = all("details", region).map((details) => details.open);
      const focused = all("a, button, summary", region).indexOf(document.activeElement);
      region.replaceChildren(...safeNodes(html));
      enhance(region);
      all("details", region).forEach((details, index) => { details.open = opened[index] ?? details.open; });
      all("a, button, summary", region)[focused]?.focus();
    } catch { /* the verdicts of before stay; the server judges again at submission */ }
  };
  document.addEventListener("jiebang:saved", refresh);
};

/// A region with an id and data-watch="URL" is read again from that page every five seconds, so that who waits sees what
/// comes. Nothing that somebody is filling in is ever replaced; of what is new only [data-said] is spoken. Looking on is not
/// being there: the server does not take it for a sign of life, and signs out whoever has left. When data-state changes, the
/// page is read once more as a whole.
const watching = (region) => {
  const said = (root) => root.querySelector("[data-said]")?.textContent.trim() ?? "";
  const spoken = make("p", "visually-hidden");
  spoken.setAttribute("role", "status");
  region.before(spoken);
  let last = region.innerHTML;
  let told = said(region);
  let looking = false;
  const isBusy = () => document.querySelector("dialog[open]") !== null
    || all("input, textarea", region).some((control) => control.checked !== control.defaultChecked
      || control.value !== control.defaultValue)
    || all("option", region).some((option) => option.selected !== option.defaultSelected)
    || region.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  const look = async () => {
    if (!region.isConnected) { clearInterval(clock); return; }
    if (document.hidden || looking) return;
    looking = true;
    try {
      const response = await fetch(region.dataset.watch, {
        credentials: "same-origin", redirect: "error", headers: { "X-Requested-With": "jiebang-watch", Accept: "text/html" },
      });
      if (!response.ok) return;
      const now = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(region.id);
      if (!now) return;
      if (said(now) !== told) {
        told = said(now);
        spoken.textContent = told;
      }
      if (now.innerHTML === last || isBusy()) return;
      if (now.dataset.state !== region.dataset.state) { location.assign(region.dataset.watch); return; }
      last = now.innerHTML;
      const opened = all("details", region).map((details) => details.open);
      const focused = all("a, button, summary", region).indexOf(document.activeElement);
      region.replaceChildren(...safeNodes(last));
      enhance(region);
      all("details", region).forEach((details, index) => { details.open = opened[index] ?? details.open; });
      all("a, button, summary", region)[focused]?.focus();
    } catch { /* offline: what was read last stays */ } finally { looking = false; }
  };
  const clock = setInterval(look, 5000);
};

// ---------- time ----------
// Deadlines are the server's: `data-server-now` tells how far this machine's clock is off.

const skewOf = (time) => Date.parse(time.dataset.serverNow) - Date.now() || 0;

const countdown = (time) => {
  const skew = skewOf(time);
  const due = Date.parse(time.dateTime);
  if (Number.isNaN(due)) return;
  const words = time.dataset;
  if (!time.querySelector(".left")) time.append(" ", make("span", "left"));
  const left = time.querySelector(".left");
  time.classList.add("countdown");
  const tick = () => {
    if (!time.isConnected) { clearInterval(clock); return; }
    const seconds = Math.ceil((due - Date.now() - skew) / 1000);
    const values = {
      d: Math.floor(seconds / 86400), h: Math.floor(seconds / 3600) % 24,
      m: Math.floor(seconds / 60) % 60, s: String(seconds % 60).padStart(2, "0"),
    };
    const template = seconds <= 0 ? words.wordsPassed
      : seconds >= 86400 ? words.wordsDays : seconds >= 3600 ? words.wordsHours : words.wordsMinutes;
    const text = fill(template, values);
    if (left.textContent !== text) left.textContent = text;
    time.classList.toggle("bad", seconds < 3600);
    time.classList.toggle("warn", seconds >= 3600 && seconds < 86400);
  };
  const clock = setInterval(tick, 1000);
  tick();
};

/// A job's panel with data-events="URL" follows its job; at the end the page is read once more.
const following = (panel) => {
  const source = new EventSource(panel.dataset.events);
  const place = (name) => panel.querySelector(`[data-job="${name}"]`);
  source.addEventListener("progress", ({ data }) => {
    const job = JSON.parse(data);
    for (const name of ["state", "stage", "taken"]) {
      if (place(name) && place(name).textContent !== job[name]) place(name).textContent = job[name];
    }
    const bar = place("bar");
    if (bar && job.isMeasured) { bar.max = job.total; bar.value = job.done; }
  });
  source.addEventListener("over", () => { source.close(); location.reload(); });
  addEventListener("pagehide", () => source.close());
};

// ---------- small comforts ----------

/// "128 / 2000" under a text; `data-count="100"` asks for at least 100 ("128 / ≥ 100").
/// Counted as the browser's maxlength counts, so that the two never disagree.
const counter = (control) => {
  const most = control.maxLength > 0 ? control.maxLength : null;
  const least = Number(control.dataset.count) || (control.minLength > 0 ? control.minLength : null);
  const field = control.closest(".field") ?? control.parentElement;
  const count = field.querySelector(".count") ?? field.appendChild(make("span", "count"));
  const tell = () => {
    const length = control.value.length;
    const bounds = [least && `≥ ${least}`, most && `≤ ${most}`].filter(Boolean).join("，");
    count.textContent = bounds ? `${length} （${bounds}）` : `${length}`;
    count.classList.toggle("over", most !== null && length > most);
    count.classList.toggle("under", least !== null && length > 0 && length < least);
  };
  ["input", "jiebang:set"].forEach((name) => control.addEventListener(name, tell));
  tell();
};

/// A university's secret for a draw (data-secret: its name): made here, hashed as PublicDraw's Contribution.hash does,
/// and never sent. The field that shows it has no name.
const secretMaking = (form) => {
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const button = form.querySelector("[data-make-secret]");
  if (!crypto.subtle) { button.parentElement.hidden = true; return; } // a page without TLS: Python is left
  button.addEventListener("click", async () => {
    const secret = hex(crypto.getRandomValues(new Uint8Array(32)));
    const text = `public-draw contribution 1\n${form.dataset.secret}\n${secret}`;
    form.elements.hash.value = hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    const field = form.querySelector("[data-secret-field]");
    field.hidden = false;
    field.querySelector("input").value = secret;
    field.querySelector("a")?.remove();
    const link = make("a", "button secondary", form.dataset.wordsKeep);
    link.download = `${form.dataset.wordsFile}-${form.dataset.secret}.txt`;
    link.href = URL.createObjectURL(new Blob([`${secret}\n`], { type: "text/plain" }));
    field.append(link);
    link.click(); // A promise cannot be taken back: nobody should make one whose secret was never kept.
    link.focus();
  });
};

/// Asks once more before a step that has consequences, and lists them. Without script the same
/// list stands in the form itself. A button may have its own question (`data-confirm`, or "no" for
/// none), word (`data-words-go`) and list (`data-consequences`, an id).
const confirming = (form) => {
  let agreed = false; // to what the form holds now: autosave may have to submit a second time
  form.addEventListener("input", () => { agreed = false; });
  addEventListener("pageshow", () => { agreed = false; });
  form.addEventListener("submit", (event) => {
    if (agreed || event.defaultPrevented || event.submitter?.dataset.confirm === "no") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const dialog = make("dialog");
    const asked = event.submitter?.dataset ?? {};
    const title = make("h2", "", asked.confirm ?? form.dataset.confirm);
    title.id = "confirm-title";
    dialog.setAttribute("aria-labelledby", title.id);
    const buttons = make("div", "buttons");
    const stay = make("button", "secondary", form.dataset.wordsStay);
    const go = make("button", "primary", asked.wordsGo ?? form.dataset.wordsGo ?? event.submitter?.textContent);
    if (event.submitter?.classList.contains("danger")) go.className = "danger";
    buttons.append(stay, go);
    const lists = all(asked.consequences ? `#${CSS.escape(asked.consequences)}` : ".consequences", form);
    dialog.append(title, ...lists.map((list) => list.cloneNode(true)), buttons);
    all("[id]", dialog).forEach((node) => { if (node !== title) node.removeAttribute("id"); });
    stay.addEventListener("click", () => dialog.close());
    go.addEventListener("click", () => { agreed = true; dialog.close(); form.requestSubmit(event.submitter); });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    stay.focus();
  });
};

/// A box in the head of a table that ticks all rows; `[data-selected]` tells how many are.
const selectAll = (head) => {
  const scope = head.closest("form") ?? document;
  const boxes = () => all("tbody input[type=checkbox]:not(:disabled)", head.closest("table"));
  const tell = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    head.checked = ticked > 0 && ticked === boxes().length;
    head.indeterminate = ticked > 0 && ticked < boxes().length;
    all("[data-selected]", scope).forEach((place) => { place.textContent = fill(place.dataset.selected, { n: ticked }); });
  };
  head.addEventListener("change", () => { boxes().forEach((box) => { box.checked = head.checked; }); tell(); });
  head.closest("table").addEventListener("change", tell);
  tell();
};

const rememberOpen = (details) => {
  const key = `open:${person}:${details.dataset.remember}`;
  const was = memory.get(key);
  if (was !== null) details.open = was;
  details.addEventListener("toggle", () => memory.set(key, details.open));
};

const sized = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${+(bytes / 1e6).toFixed(1)} MB`);

/// Tells at once that a file is too big. The server checks again, by what arrives.
const fileSize = (input) => input.addEventListener("change", () => {
  const most = Number(input.dataset.maxBytes);
  const field = input.closest(".field") ?? input.parentElement;
  field.querySelector(".error.too-big")?.remove();
  input.removeAttribute("aria-invalid");
  const big = [...input.files].find((file) => file.size > most);
  if (!big) return;
  input.value = "";
  input.setAttribute("aria-invalid", "true");
  const values = { name: big.name, size: sized(big.size), max: sized(most) };
  const error = make("p", "error too-big", fill(input.dataset.wordsTooBig ?? "{name}: {size} > {max}", values));
  error.setAttribute("role", "alert");
  input.before(error);
});

/// A menu closes on Escape and when the person goes elsewhere.
const menu = (details) => {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  });
  document.addEventListener("click", (event) => { if (!details.contains(event.target)) details.open = false; });
};

const comforts = [
  ["[data-watch]", watching], // before all others: it compares with what the server sent
  ["form[data-confirm]", confirming], // before autosave: it must see the submission first
  ["form[data-secret]", secretMaking],
  ["form[data-autosave]", autosave],
  ["[data-live]", live],
  ["time[data-countdown]", countdown],
  ["textarea[maxlength], [data-count]", counter],
  ["input[data-select-all]", selectAll],
  ["details[data-remember]", rememberOpen],
  ["input[type=file][data-max-bytes]", fileSize],
  ["details.menu", menu],
  ["[data-events]", following],
  ["[data-print]", (button) => button.addEventListener("click", () => print())],
  // Another person may sit down here next: what was kept for this one goes.
  ["form[data-sign-out]", (form) => form.addEventListener("submit", () => memory.dropAll("draft:"))],
];
const enhance = (root) => comforts.forEach(([selector, add]) => all(selector, root).forEach(add));

enhance(document);
document.querySelector(".error-summary")?.focus();
