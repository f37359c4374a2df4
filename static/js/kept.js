// Keeps on this device what is typed into a form until the site has it, and offers it when the form is opened again.
(function () {
  "use strict";
  var form = document.querySelector("form[data-keep]");
  var notice = document.getElementById("kept-here");
  var storeKey = "typed:" + form.dataset.keep;
  var QUIET_MS = 500;
  var LONGEST_MS = 30 * 24 * 3600 * 1000;
  var opened = performance.now();
  var timer = 0;

  // The site's clock where the form tells it, for it is compared with what the site has.
  function now() { return form.dataset.now ? Number(form.dataset.now) + performance.now() - opened : Date.now(); }

  function entries() {
    return Array.from(new FormData(form)).filter(function (entry) {
      return entry[0] !== "csrfmiddlewaretoken" && typeof entry[1] === "string";
    });
  }

  function rest() {
    clearTimeout(timer);
    timer = 0;
  }

  function keep() {
    rest();
    try {
      localStorage.setItem(storeKey, JSON.stringify({ at: now(), entries: entries() }));
      form.dataset.isKept = "here";
    } catch (refused) { delete form.dataset.isKept; }
  }

  function forget() {
    rest();
    try { localStorage.removeItem(storeKey); } catch (refused) { /* nothing was kept then */ }
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

  // With what was typed goes the version that it was typed on, for the site merges it with newer ones.
  function belongs(entry) {
    return form.elements[entry[0]] && !/^(then|role)$|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(entry[0]);
  }

  function isSeen(entry) {
    return belongs(entry) && form.elements[entry[0]].type !== "hidden";
  }

  function bringBack(kept) {
    grow(kept);
    form.querySelectorAll("input[type=radio], input[type=checkbox]").forEach(function (box) { box.checked = false; });
    kept.filter(belongs).forEach(function (entry) {
      var fields = form.elements[entry[0]];
      var boxes = Array.from(fields.length && !fields.options ? fields : [fields]);
      boxes.forEach(function (field) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = field.checked || field.value === entry[1];
        else field.value = entry[1];
      });
    });
    notice.hidden = true;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function same(kept) {
    function words(list) {
      return JSON.stringify(list.filter(function (entry) { return isSeen(entry) && entry[1]; }));
    }
    return words(kept) === words(entries());
  }

  function offer() {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(storeKey)); } catch (refused) { return; }
    if (!kept) return;
    var reached = Number(form.dataset.reached || 0);
    if (kept.at < reached || kept.at < now() - LONGEST_MS || same(kept.entries)) { forget(); return; }
    var moment = new Date(kept.at);
    var day = moment.toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
    notice.querySelector("[data-kept-at]").textContent = " on " + day + " at " + moment.toISOString().slice(11, 16);
    notice.hidden = false;
    notice.querySelector("[data-bring-back]").addEventListener("click", function () { bringBack(kept.entries); });
    notice.querySelector("[data-forget]").addEventListener("click", function () { forget(); notice.hidden = true; });
  }

  // Signing in again in another window gives a new token; the form would still hold the old one.
  function refreshToken() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (found) form.elements.csrfmiddlewaretoken.value = found[1];
  }

  // The form was sent and is here again, with something to mend.
  function cameBack() {
    try {
      var sent = sessionStorage.getItem("sent");
      sessionStorage.removeItem("sent");
      return sent === storeKey;
    } catch (refused) { return false; }
  }

  form.addEventListener("input", function () {
    refreshToken();
    rest();
    timer = setTimeout(keep, QUIET_MS);
  });
  form.addEventListener("reached", forget);
  form.addEventListener("submit", function () {
    refreshToken();
    keep();
    try { sessionStorage.setItem("sent", storeKey); } catch (refused) { /* offered once too often then */ }
  });
  addEventListener("pagehide", function () { if (timer) keep(); });
  if (cameBack()) keep();
  else offer();
})();
