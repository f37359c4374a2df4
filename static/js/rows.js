// Adds a row to a list of a form. Without it there is a spare row at the end of each list.
(function () {
  "use strict";

  function add(button) {
    var key = button.dataset.addRow;
    var total = document.querySelector('[name="' + key + '-TOTAL_FORMS"]');
    var limit = document.querySelector('[name="' + key + '-MAX_NUM_FORMS"]');
    var place = Number(total.value);
    if (place >= Number(limit.value)) return;
    var template = document.querySelector('template[data-row="' + key + '"]');
    var holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", place).replaceAll("__number__", place + 1);
    var row = holder.firstElementChild;
    document.querySelector('[data-rows="' + key + '"]').append(row);
    total.value = place + 1;
    row.querySelector("input, textarea, select").focus();
  }

  function takeSpares(key) {
    var total = document.querySelector('[name="' + key + '-TOTAL_FORMS"]');
    document.querySelectorAll('[data-rows="' + key + '"] > [data-spare]:last-child').forEach(function (spare) {
      spare.remove();
      total.value = Number(total.value) - 1;
    });
  }

  document.querySelectorAll("[data-add-row]").forEach(function (button) {
    takeSpares(button.dataset.addRow);
    button.hidden = false;
    button.addEventListener("click", function () { add(button); });
  });
})();
