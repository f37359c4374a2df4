// Runs before the first paint, so that a chosen theme does not flash and what only works with
// scripts has its place from the start.
(function () {
  "use strict";
  document.documentElement.dataset.scripted = "";
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (refused) { /* storage switched off: the system's theme stays */ }
})();
