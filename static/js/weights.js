// Re-ranks the list in place when a slider is let go. Without it a button sends the same form.
(function () {
  "use strict";
  // Each press of a key is a change of its own; a pointer makes one when it lets go.
  var KEYS_QUIET_MS = 150;
  var timer = 0;
  var byKey = false;

  function slidersOf(form) { return Array.from(form.querySelectorAll("[data-weight]")); }

  function show(form) {
    var sliders = slidersOf(form);
    var total = sliders.reduce(function (sum, slider) { return sum + Number(slider.value); }, 0);
    sliders.forEach(function (slider) {
      var share = total ? Math.round(100 * Number(slider.value) / total) : 0;
      form.querySelector('output[for="' + slider.id + '"]').textContent = share + " %";
      slider.setAttribute("aria-valuetext", slider.value + " of " + slider.max + ", a share of " + share + " %");
    });
    form.querySelector("[data-weights-error]").hidden = total > 0;
    return total > 0;
  }

  function weightsOf(form) {
    return slidersOf(form).map(function (slider) { return slider.dataset.weight + ":" + slider.value; }).join(",");
  }

  function addressOf(form) {
    var pairs = Array.from(form.querySelectorAll('input[type="hidden"]')).map(function (kept) {
      return encodeURIComponent(kept.name) + "=" + encodeURIComponent(kept.value);
    });
    return form.getAttribute("action") + "?" + pairs.concat("weights=" + weightsOf(form)).join("&");
  }

  function rank(form) {
    if (!show(form)) return;
    var asked = weightsOf(form);
    var panel = form.closest("details");
    var options = { source: panel, target: "#live", swap: "outerHTML settle:0ms" };
    window.htmx.ajax("GET", addressOf(form), options).then(function () {
      var live = document.getElementById("live");
      var address = live ? live.getAttribute("hx-get") : "";
      if (!decodeURIComponent(address).includes("weights=" + asked)) return;
      // Each release is a place to come back to by its address, and not a step to go back over.
      history.replaceState(history.state, "", address);
      var now = document.querySelector("[data-weights]");
      now.querySelector("[data-weights-off]").hidden = false;
      now.querySelector("[data-weights-said]").textContent = live.querySelector("h1").textContent;
      document.querySelectorAll(".own-weights [aria-invalid]").forEach(function (slider) {
        slider.removeAttribute("aria-invalid");
        document.getElementById(slider.id + "_error").remove();
      });
    });
  }

  function formOf(event) { return event.target.closest && event.target.closest("[data-weights]"); }

  document.addEventListener("input", function (event) {
    if (event.target.dataset && event.target.dataset.weight) show(formOf(event));
  });

  document.addEventListener("change", function (event) {
    if (!event.target.dataset || !event.target.dataset.weight) return;
    var form = formOf(event);
    clearTimeout(timer);
    if (byKey) timer = setTimeout(function () { rank(form); }, KEYS_QUIET_MS);
    else rank(form);
  });

  document.addEventListener("keydown", function () { byKey = true; }, true);
  document.addEventListener("pointerdown", function () { byKey = false; }, true);

  document.addEventListener("submit", function (event) {
    var form = formOf(event);
    if (!form) return;
    event.preventDefault();
    clearTimeout(timer);
    rank(form);
  });
})();
