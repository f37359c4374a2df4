// Sends what is typed to the site some seconds after typing stops; kept.js keeps it on this device until then.
(function () {
  "use strict";
  var form = document.getElementById("card-form");
  var status = document.getElementById("kept-status");
  var QUIET_MS = 3000;
  var timer = 0;

  function reached() { form.dispatchEvent(new Event("reached")); }

  function say(words) { if (status.textContent !== words) status.textContent = words; }

  function failed(why) {
    say(form.dataset.isKept ? why + " What you type stays on this device." : why + " It is on this page alone.");
  }

  function keep() {
    timer = 0;
    fetch(form.dataset.buffer, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" })
      .then(function (answer) {
        if (answer.status === 403) { failed("You are signed out."); return null; }
        return answer.ok ? answer.json() : failed("The site did not keep this.");
      })
      .then(function (kept) {
        if (!kept) return;
        if (!timer) reached();
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
    var span = form.elements[key + "-is_span"];
    var level = value(key + "-level");
    if (span && span.checked && /^[1-5]$/.test(level)) level += level === "5" ? "/5+" : "/" + (Number(level) + 1);
    var score = level || years.join(" to ");
    if (score === "unscored" || (box && box.checked)) {
      return { words: "unscored: " + (value(key + "-unscored_reason") || "say why"), sign: "unscored" };
    }
    if (!score) return { words: "not yet", sign: "" };
    var certainty = value(key + "-certainty");
    return { words: certainty ? score + ", " + certainty : score, sign: "done" };
  }

  form.addEventListener("input", typed);
  form.addEventListener("submit", function () { clearTimeout(timer); });
  document.querySelectorAll("button[value=discard]").forEach(function (button) {
    button.addEventListener("click", reached);
  });
  var troubles = document.getElementById("troubles");
  if (troubles) troubles.focus();
})();
