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

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  document.querySelectorAll("[data-dismiss]").forEach(function (button) { button.hidden = false; });
})();
