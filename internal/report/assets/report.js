"use strict";
(() => {
  const form = document.getElementById("filters");
  const findings = [...document.querySelectorAll(".finding")];
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");

  // fits says whether a finding passes all filters but the one that is left out.
  const fits = (f, but) => selects.every(s => s === but || s.value === "" || f.dataset[s.name] === s.value)
    && (words === "" || text(f).includes(words));
  const texts = new Map();
  const text = f => {
    if (!texts.has(f)) texts.set(f, f.textContent.toLowerCase());
    return texts.get(f);
  };
  const selects = form ? [...form.querySelectorAll("select")] : [];
  let words = "";

  // apply hides what doesn't fit, and counts for each choice what it would show.
  const apply = () => {
    words = form.elements.text.value.trim().toLowerCase();
    let n = 0;
    for (const f of findings) {
      const fit = fits(f);
      if (f.hidden === fit) f.hidden = !fit;
      if (fit) n++;
    }
    for (const s of selects) {
      const counts = new Map();
      for (const f of findings) {
        if (fits(f, s)) counts.set(f.dataset[s.name], (counts.get(f.dataset[s.name]) || 0) + 1);
      }
      for (const o of s.options) {
        if (o.value !== "") o.textContent = `${o.dataset.label} (${counts.get(o.value) || 0})`;
      }
    }
    shown.textContent = `${n} of ${findings.length} shown`;
    nothing.hidden = n > 0;
  };
  if (form) {
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", e => e.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    apply(); // the browser may have kept what was chosen
  }

  // Ticks are kept by the browser where it lets a page do so.
  const prefix = "shellfree:";
  const keep = (key, on) => {
    try { on ? localStorage.setItem(prefix + key, "1") : localStorage.removeItem(prefix + key); } catch { /* not kept */ }
  };
  const kept = key => {
    try { return localStorage.getItem(prefix + key) === "1"; } catch { return false; }
  };
  for (const box of document.querySelectorAll("input[data-key]")) {
    box.checked = kept(box.dataset.key);
    box.addEventListener("change", () => keep(box.dataset.key, box.checked));
  }

  // A link to a rule opens its page.
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") {
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  open();
})();
