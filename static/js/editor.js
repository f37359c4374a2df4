// Keeps what is typed: on the site some seconds after typing stops, on this device if that fails.
(function () {
  "use strict";
  var form = document.getElementById("card-form");
  var status = document.getElementById("kept-status");
  var notice = document.getElementById("kept-here");
  var storeKey = form.dataset.key;
  var QUIET_MS = 3000;
  var opened = performance.now();
  var timer = 0;

  function serverNow() { return Number(form.dataset.now) + performance.now() - opened; }

  // Signing in again in another window gives a new token; the form would still hold the old one.
  function refreshToken() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (found) form.elements.csrfmiddlewaretoken.value = found[1];
  }

  function entries() {
    return Array.from(new FormData(form)).filter(function (entry) {
      return entry[0] !== "csrfmiddlewaretoken";
    });
  }

  function keepHere() {
    try {
      localStorage.setItem(storeKey, JSON.stringify({ at: serverNow(), entries: entries() }));
      return true;
    } catch (refused) { return false; }
  }

  function forgetHere() {
    try { localStorage.removeItem(storeKey); } catch (refused) { /* nothing was kept then */ }
  }

  function say(words) { if (status.textContent !== words) status.textContent = words; }

  function failed(why) {
    say(keepHere() ? why + " What you type stays on this device." : why + " It is on this page alone.");
  }

  function keep() {
    refreshToken();
    fetch(form.dataset.buffer, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" })
      .then(function (answer) {
        if (answer.status === 403) { failed("You are signed out."); return null; }
        return answer.ok ? answer.json() : failed("The site did not keep this.");
      })
      .then(function (kept) {
        if (!kept) return;
        forgetHere();
        say("Draft kept at " + kept.kept_at);
      })
      .catch(function () { failed("The site cannot be reached."); });
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET_MS);
    showStep();
  }

  // The list of parts follows what is chosen.
  function showStep() {
    var done = 0;
    document.querySelectorAll("[data-dimension]").forEach(function (part) {
      var key = part.dataset.dimension;
      var state = stateOf(key);
      var step = document.querySelector('[data-step="' + key + '"]');
      step.querySelector("small").textContent = state.words;
      step.querySelector(".sign").className = "sign" + (state.sign ? " is-" + state.sign : "");
      if (state.sign) done += 1;
    });
    var words = done + " of 6 done";
    document.querySelector(".editor-steps .progress p").textContent = words;
    document.querySelector(".editor-steps progress").value = done;
  }

  function value(name) {
    var field = form.elements[name];
    return field ? field.value || "" : "";
  }

  function stateOf(key) {
    var box = form.elements[key + "-is_unscored"];
    var years = [value(key + "-year_from"), value(key + "-year_to")].filter(Boolean);
    var score = value(key + "-level") || years.join(" to ");
    if (score === "unscored" || (box && box.checked)) {
      return { words: "unscored: " + (value(key + "-unscored_reason") || "say why"), sign: "unscored" };
    }
    if (!score) return { words: "not yet", sign: "" };
    var certainty = value(key + "-certainty");
    return { words: certainty ? score + ", " + certainty : score, sign: "done" };
  }

  function grow(kept) {
    kept.forEach(function (entry) {
      var found = entry[0].match(/^(.+)-TOTAL_FORMS$/);
      if (!found) return;
      var button = document.querySelector('[data-add-row="' + found[1] + '"]');
      var total = form.elements[entry[0]];
      for (var tries = 0; button && Number(total.value) < Number(entry[1]) && tries < 60; tries += 1) button.click();
    });
  }

  function bringBack(kept) {
    grow(kept);
    form.querySelectorAll("input[type=radio], input[type=checkbox]").forEach(function (box) { box.checked = false; });
    kept.forEach(function (entry) {
      var name = entry[0];
      if (name === "then" || name === "role" || /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name)) return;
      var field = form.elements[name];
      if (!field) return;
      if (field.type === "checkbox") field.checked = true;
      else field.value = entry[1];
    });
    notice.hidden = true;
    typed();
  }

  function same(kept) {
    function words(list) {
      return JSON.stringify(list.filter(function (entry) { return !/^(then|parent)$|_FORMS$/.test(entry[0]) && entry[1]; }));
    }
    return words(kept) === words(entries());
  }

  function offer() {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(storeKey)); } catch (refused) { return; }
    if (!kept) return;
    // What reached the site later has it already.
    if (kept.at < Number(form.dataset.reached) || same(kept.entries)) { forgetHere(); return; }
    var moment = new Date(kept.at).toISOString();
    notice.querySelector("[data-kept-at]").textContent = " on " + moment.slice(0, 10) + " at " + moment.slice(11, 16);
    notice.hidden = false;
    notice.querySelector("[data-bring-back]").addEventListener("click", function () { bringBack(kept.entries); });
    notice.querySelector("[data-forget]").addEventListener("click", function () { forgetHere(); notice.hidden = true; });
  }

  form.addEventListener("input", typed);
  form.addEventListener("submit", function () {
    clearTimeout(timer);
    refreshToken();
    keepHere();
  });
  document.querySelectorAll("button[value=discard]").forEach(function (button) {
    button.addEventListener("click", forgetHere);
  });
  var troubles = document.getElementById("troubles");
  if (troubles) { forgetHere(); troubles.focus(); }
  offer();
})();
