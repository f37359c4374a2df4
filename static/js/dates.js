// A slider over the dates of a select: it follows the select, and choosing on it submits the form.
(function () {
  "use strict";
  var QUIET_MS = 250;
  var timer = 0;

  function selectOf(slider) { return document.getElementById(slider.dataset.slides); }

  document.addEventListener("input", function (event) {
    var slider = event.target;
    if (!slider.dataset.slides) return;
    var select = selectOf(slider);
    // The newest date stands first in the list and last on the slider.
    select.selectedIndex = select.options.length - 1 - Number(slider.value);
    slider.setAttribute("aria-valuetext", select.options[select.selectedIndex].text);
  });

  document.addEventListener("change", function (event) {
    var slider = event.target;
    if (!slider.dataset.slides) return;
    clearTimeout(timer);
    timer = setTimeout(function () { slider.form.requestSubmit(); }, QUIET_MS);
  });
})();
