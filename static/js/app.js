// Small comforts; every page works without them.
(function () {
  "use strict";
  var root = document.documentElement;

  function storeTheme(theme) {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch (refused) { /* the choice then lasts for this page only */ }
  }

  function showTheme(group) {
    var chosen = root.dataset.theme || "";
    group.querySelectorAll("button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    });
  }

  document.querySelectorAll("[data-theme-switch]").forEach(function (group) {
    group.hidden = false;
    showTheme(group);
    group.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) return;
      if (button.value) root.dataset.theme = button.value;
      else delete root.dataset.theme;
      storeTheme(button.value);
      showTheme(group);
    });
  });

  document.addEventListener("click", function (event) {
    var dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".flash").remove();
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("focusout", function (event) {
    var menu = event.target.closest("details.menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // Of a live part that is replaced, the new one gets back the focus and what stood open.
  var kept = null;

  function nameOf(element) {
    return [element.tagName, element.id, element.name, element.getAttribute("href"), element.textContent.trim()].join("|");
  }

  function named(part, name) {
    return Array.from(part.querySelectorAll("*")).filter(function (element) { return nameOf(element) === name; });
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    var part = event.detail.target;
    var focused = document.activeElement;
    kept = null;
    if (!event.detail.shouldSwap || part.id !== "live") return;
    kept = { open: Array.from(part.querySelectorAll("details[open] > summary"), nameOf) };
    if (part === focused || !part.contains(focused)) return;
    kept.name = nameOf(focused);
    kept.place = named(part, kept.name).indexOf(focused);
  });

  document.addEventListener("htmx:afterSwap", function () {
    var part = document.getElementById("live");
    if (!kept || !part) return;
    part.querySelectorAll("details > summary").forEach(function (summary) {
      if (kept.open.includes(nameOf(summary))) summary.parentNode.open = true;
    });
    if (!kept.name) return;
    var found = named(part, kept.name)[kept.place] || document.getElementById("main");
    found.focus({ preventScroll: true });
  });

  document.querySelectorAll("[data-dismiss]").forEach(function (button) { button.hidden = false; });

  // A form that was sent and answered by another page, with nothing wrong, has reached the site.
  function forgetSent() {
    if (document.querySelector("form[data-keep]")) return;
    var held = document.querySelector("form[data-held]");
    try {
      var sent = sessionStorage.getItem("sent");
      var visit = performance.getEntriesByType("navigation")[0];
      sessionStorage.removeItem("sent");
      if (!sent) return;
      if (held) held.addEventListener("submit", function () { sessionStorage.setItem("sent", sent); });
      else if (visit.responseStatus === 200) localStorage.removeItem(sent);
    } catch (refused) { /* it is offered once too often then */ }
  }

  forgetSent();
})();
