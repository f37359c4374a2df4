// One key for each answer, while the card of the round has the focus.
(function () {
  "use strict";
  var card = document.querySelector("[data-round]");
  if (!card) return;

  card.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    var button = card.querySelector('[data-shortcut="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
