/* What is typed into a form with data-draft stays on this device until the server has it. The mark tells people on one
device apart. A page that the server sent us on to means that it has it; a form with data-answered is shown again by the
server, which has seen what was typed. */
(function () {
  "use strict";
  const SENT = "intercity-sent", page = location.pathname;
  const name = (form) => "intercity-draft " + form.dataset.draft + " " + page;
  const fields = (form) => Array.from(form.elements).filter((each) => each.name && each.type !== "submit" && each.name !== "csrfmiddlewaretoken");
  const state = (each) => (/checkbox|radio/.test(each.type) ? each.checked : each.value);
  const read = (form) => JSON.stringify(fields(form).map((each) => [each.name, each.id, state(each)]));

  try {
    const sent = sessionStorage.getItem(SENT), [way] = performance.getEntriesByType("navigation");
    if (sent && way && way.redirectCount && !sent.endsWith(" " + page)) localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
    document.querySelectorAll("form[data-draft]").forEach((form) => {
      const key = name(form), now = read(form), kept = localStorage.getItem(key);
      if (form.hasAttribute("data-answered")) localStorage.setItem(key, now);
      else if (kept && kept !== now) {
        const values = new Map(JSON.parse(kept).map(([called, id, value]) => [called + id, value]));
        fields(form).forEach((each) => {
          const value = values.get(each.name + each.id);
          if (value === undefined) return;
          if (typeof value === "boolean") each.checked = value;
          else each.value = value;
        });
        const place = document.querySelector("#draft");
        place.appendChild(Object.assign(document.createElement("p"), { className: "notice warning", textContent: place.dataset.back }));
        form.parentNode.insertBefore(place, form);
      } else localStorage.removeItem(key);
      form.addEventListener("input", () => { try { localStorage.setItem(key, read(form)); } catch (_) { /* full */ } });
      form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
    });
  } catch (_) { /* no storage: the form works all the same */ }
})();
