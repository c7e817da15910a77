/* Voting without loading a page, and without a connection: see templates/web/README.md. A vote waits with its key, so that
it counts once however often it is sent, and its giver's mark: on a shared device nobody sends another person's vote. */
(function () {
  "use strict";
  if (!window.fetch || !window.URLSearchParams) return;
  const STORE = "intercity-votes";
  let pressed = null, busy = false, sending = false;

  const find = (selector) => document.querySelector(selector);
  const kept = () => { try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch (_) { return []; } };
  const keep = (votes) => { try { localStorage.setItem(STORE, JSON.stringify(votes)); return true; } catch (_) { return false; } };
  const others = (vote) => kept().filter((each) => each.about !== vote.about);
  const mark = () => { const place = find("[data-vote]"); return place && place.dataset.vote; };
  const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ("0" + byte.toString(16)).slice(-2)).join("");

  function say(name) {
    const place = find("#vote-status");
    if (!place) return;
    place.textContent = "";
    if (!name) return;
    const className = name === "sent" ? "notice" : "notice warning";
    place.appendChild(Object.assign(document.createElement("p"), { className, textContent: place.dataset[name] }));
  }

  function post(address, body) {
    const sent = fetch(address, { method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
    return Promise.race([sent, new Promise((_, fail) => setTimeout(fail, 20000))]);
  }

  function show(statement) {
    const old = find("#statement");
    old.parentNode.replaceChild(statement, old);
    statement.focus({ preventScroll: true });
    if (statement.getBoundingClientRect().top < 0) statement.scrollIntoView();
  }

  const parse = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).content.querySelector("#statement");

  function ahead() {
    const store = find("template[data-next]"), next = store && store.content.querySelector("#statement");
    return next && next.parentNode.removeChild(next);
  }

  function wait(vote, button) {
    if (!keep(others(vote).concat(vote))) return say("unkept");
    const next = ahead();
    if (next) show(next);
    else find("#statement").querySelectorAll(".vote").forEach((each) => each.setAttribute("aria-pressed", each === button));
    say("kept");
  }

  async function cast(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    body.set("key", key());
    const address = form.action, mark = form.dataset.vote;
    const vote = { address, mark, about: [address, mark, body.get("statement")].join(), key: body.get("key"), body: body.toString() };
    let answer, html;
    try {
      answer = await post(address, body);
      html = await answer.text();
    } catch (_) {
      return wait(vote, button);
    }
    if (answer.status >= 500 || answer.status === 429) return wait(vote, button);
    keep(others(vote));
    const next = (answer.ok || answer.status === 422) && !answer.redirected && parse(html);
    if (next) { say(); show(next); send(); }
    else if (answer.ok) location.assign(answer.url);
    else {
      // The server says no in a whole page: the browser shows it.
      const copy = form.cloneNode(false);
      body.forEach((value, name) => {
        copy.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      });
      document.body.appendChild(copy).submit();
    }
  }

  async function send() {
    if (sending || !mark()) return;
    sending = true;
    let done = "";
    for (const vote of kept().filter((each) => each.mark === mark())) {
      const body = new URLSearchParams(vote.body), token = find("[name=csrfmiddlewaretoken]");
      if (token) body.set("csrfmiddlewaretoken", token.value);
      let answer;
      try { answer = await post(vote.address, body); } catch (_) { break; }
      if (answer.status >= 500 || answer.status === 429 || answer.status === 403) break;
      keep(kept().filter((each) => each.key !== vote.key));
      done = answer.ok && done !== "refused" ? "sent" : "refused";
    }
    sending = false;
    if (done) say(done);
  }

  document.addEventListener("click", (event) => { pressed = event.target.closest("button"); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-vote")) return;
    event.preventDefault();
    if (busy) return;
    const button = event.submitter || (form.contains(pressed) ? pressed : null), card = find("#statement");
    busy = true;
    card.setAttribute("aria-busy", "true");
    const over = () => { busy = false; card.removeAttribute("aria-busy"); };
    cast(form, button).then(over, over);
  });
  document.addEventListener("input", (event) => {
    const field = event.target, counter = field.id && find('[data-count="' + field.id + '"]');
    if (counter && field.maxLength > 0) counter.textContent = field.value.length + " / " + field.maxLength;
  });
  window.addEventListener("online", send);
  send();
})();
