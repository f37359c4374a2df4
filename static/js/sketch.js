// Keys that choose: one for each row of a sketch, while the row has the focus.
(function () {
  "use strict";
  var form = document.querySelector("[data-sketch]");
  var rows = Array.from(form.querySelectorAll("[data-key-row]"));
  var clock = document.querySelector("[data-clock]");
  var began = Date.now();

  function chosen(row) { return row.querySelector("input:checked"); }

  function enter(row) { (chosen(row) || row.querySelector("input")).focus(); }

  function goOn(row) {
    var next = rows[rows.indexOf(row) + 1];
    if (next) enter(next);
    else form.elements.sentence.focus();
  }

  // Enter would send a sketch that is not finished.
  function pressEnter(event) {
    var open = rows.find(function (row) { return !chosen(row); });
    if (open === undefined && form.elements.sentence.value.trim()) return;
    event.preventDefault();
    if (open) enter(open);
    else form.elements.sentence.focus();
  }

  form.addEventListener("keydown", function (event) {
    var row = event.target.closest("[data-key-row]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") { pressEnter(event); return; }
    if (event.key === "Backspace") {
      event.preventDefault();
      enter(rows[Math.max(0, rows.indexOf(row) - 1)]);
      return;
    }
    var key = Array.from(row.querySelectorAll("input")).find(function (input) {
      return input.dataset.key.split(" ").includes(event.key.toLowerCase());
    });
    if (!key) return;
    event.preventDefault();
    key.checked = true;
    goOn(row);
  });

  function words(seconds) { return Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0"); }

  function tick() {
    var seconds = Math.round((Date.now() - began) / 1000);
    clock.textContent = words(seconds) + " of about " + words(Number(clock.dataset.clock)) + ".";
  }

  form.querySelector("[data-keys-hint]").hidden = false;
  clock.hidden = false;
  tick();
  setInterval(tick, 1000);
})();
