// The exported map: narrow, sort, find, and show a row on the map. Everything that it works on
// stands on the page already, so nothing is missing without it. What is chosen lies in the hash.
(function () {
  "use strict";

  var LADDER = ["unscored", "1", "1/2", "2", "2/3", "3", "3/4", "4", "4/5", "5", "5/5+", "5+"];
  var LEAST_ROWS = 3;
  var WORDS = new Intl.Collator("en", { sensitivity: "base", numeric: true });

  function each(list, call) {
    Array.prototype.forEach.call(list, call);
  }

  // The hash is a query: "domain=energy&window=now", or the name of a place on the page.
  function readHash() {
    var hash = location.hash.slice(1);
    return new URLSearchParams(hash.indexOf("=") > 0 ? hash : "");
  }

  function writeHash(asked) {
    var query = asked.toString();
    try {
      history.replaceState(null, "", query ? "#" + query : location.href.split("#")[0]);
    } catch (refused) { /* some browsers let no file change its address: the choice still holds */ }
  }

  // Sorting

  function ownText(cell) {
    var text = "";
    each(cell.childNodes, function (node) {
      if (node.nodeType === 3) text += node.data;
      else if (node.nodeType === 1 && !node.matches(".unit, .visually-hidden, .disc, .caption")) text += ownText(node);
    });
    return text;
  }

  function sortKey(cell) {
    if (!cell) return { missing: true };
    var dots = cell.querySelector("[data-level]");
    if (dots) {
      var rung = LADDER.indexOf(dots.dataset.level);
      return rung > 0 ? { number: rung } : { missing: true };
    }
    var text = ownText(cell).replace(/\s+/g, " ").trim();
    if (!text) return { missing: true };
    var sure = ["low", "medium", "high"].indexOf(text);
    if (sure >= 0) return { number: sure };
    var digits = /^(?:open since |[<>] ?)?(-?\d[\d,]*(?:\.\d+)?)/.exec(text);
    if (digits) {
      var number = Number(digits[1].replace(/,/g, ""));
      return { number: text[0] === "<" ? number - 0.5 : text[0] === ">" ? number + 0.5 : number };
    }
    return { text: text };
  }

  // What is missing comes last, whichever way the rest is turned.
  function compared(first, second, turn) {
    if (first.missing || second.missing) return (first.missing ? 1 : 0) - (second.missing ? 1 : 0);
    if (first.number !== undefined && second.number !== undefined) return turn * (first.number - second.number);
    if (first.number !== undefined || second.number !== undefined) return first.number !== undefined ? -turn : turn;
    return turn * WORDS.compare(first.text, second.text);
  }

  function sortRows(table, column, turn) {
    var body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row, place) {
      return { row: row, place: place, key: sortKey(row.cells[column]) };
    });
    rows.sort(function (a, b) { return compared(a.key, b.key, turn) || a.place - b.place; });
    rows.forEach(function (entry) { body.appendChild(entry.row); });
  }

  function tell(table, words) {
    var place = table.previousElementSibling;
    if (place && place.matches("[data-told]")) place.textContent = words;
  }

  function makeSortable(table) {
    var body = table.tBodies[0];
    if (!table.tHead || !body || body.rows.length < LEAST_ROWS) return;
    var told = document.createElement("p");
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    told.setAttribute("aria-live", "polite");
    told.setAttribute("data-told", "");
    table.parentNode.insertBefore(told, table);
    each(table.tHead.rows[0].cells, function (head, column) {
      var words = head.textContent.trim();
      if (!words) return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sorter";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var rises = head.getAttribute("aria-sort") !== "ascending";
        each(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", rises ? "ascending" : "descending");
        sortRows(table, column, rises ? 1 : -1);
        tell(table, "Sorted by " + words + ", " + (rises ? "lowest first." : "highest first."));
      });
    });
  }

  // Narrowing: the same names as in the addresses of the site

  var NAMES = ["domain", "impact", "window", "certainty", "rating"];

  function Finder(form, values) {
    this.form = form;
    this.told = document.getElementById("narrowed");
    this.values = values;
    this.rows = [];
    this.marks = {};
    this.places = {};
    var finder = this;
    each(document.querySelectorAll("#table tbody tr, .section .entries > li"), function (row) {
      var link = row.querySelector("a[href]");
      var known = link && values[link.getAttribute("href")];
      if (known) finder.rows.push({ row: row, link: link.getAttribute("href"), values: known, words: row.textContent.toLowerCase() + " " + known[5] });
    });
    each(document.querySelectorAll(".drawing.map a[href]"), function (mark) {
      var link = mark.getAttribute("href");
      (finder.marks[link] = finder.marks[link] || []).push(mark);
    });
    each(document.querySelectorAll("#table tbody tr"), function (row) {
      var link = row.querySelector("a[href]");
      if (link) finder.places[link.getAttribute("href")] = row;
    });
  }

  Finder.prototype.asked = function () {
    var asked = new URLSearchParams();
    each(this.form.elements, function (element) {
      if (element.name && element.value.trim()) asked.set(element.name, element.value.trim());
    });
    return asked;
  };

  Finder.prototype.fill = function (asked) {
    each(this.form.elements, function (element) {
      if (!element.name) return;
      var value = asked.get(element.name) || "";
      element.value = value;
      if (element.value !== value) element.value = "";
    });
  };

  Finder.prototype.keeps = function (entry, asked) {
    var words = (asked.get("q") || "").toLowerCase().split(/\s+/);
    return words.every(function (word) { return entry.words.indexOf(word) >= 0; }) &&
      NAMES.every(function (name, place) {
        var wanted = asked.get(name);
        return !wanted || entry.values[place] === wanted || (name === "impact" && entry.values[place].split(" ").indexOf(wanted) >= 0);
      });
  };

  Finder.prototype.show = function () {
    var asked = this.asked(), finder = this, shown = 0;
    this.rows.forEach(function (entry) {
      var kept = finder.keeps(entry, asked);
      entry.row.hidden = !kept;
      shown += kept ? 1 : 0;
      each(finder.marks[entry.link] || [], function (mark) { mark.classList.toggle("is-out", !kept); });
    });
    this.counts(asked);
    var all = this.rows.length;
    this.told.textContent = asked.toString()
      ? (shown ? shown + " of " + all + " technologies match." : "None of the " + all + " technologies matches.")
      : all + " technologies.";
  };

  // Beside every choice, how many it would leave with the others as they are.
  Finder.prototype.counts = function (asked) {
    var finder = this;
    NAMES.forEach(function (name, place) {
      var select = finder.form.elements[name];
      if (!select) return;
      var others = new URLSearchParams(asked), counts = {};
      others.delete(name);
      finder.rows.forEach(function (entry) {
        if (!finder.keeps(entry, others)) return;
        entry.values[place].split(name === "impact" ? " " : "\n").forEach(function (value) {
          counts[value] = (counts[value] || 0) + 1;
        });
      });
      each(select.options, function (option) {
        if (!option.value) return;
        option.textContent = option.textContent.replace(/\(\d+\)$/, "(" + (counts[option.value] || 0) + ")");
      });
    });
  };

  // A row and its mark on the map point at each other.
  Finder.prototype.point = function (link, isOn) {
    each(this.marks[link] || [], function (mark) { mark.classList.toggle("is-found", isOn); });
    var row = this.places[link];
    if (row) row.classList.toggle("is-found", isOn);
  };

  Finder.prototype.listen = function () {
    var finder = this, pointed = null;
    function pointAt(target) {
      var place = target && target.closest && target.closest(".drawing.map a[href], #table tbody tr");
      var link = place && (place.matches("a") ? place : place.querySelector("a[href]"));
      var found = link ? link.getAttribute("href") : null;
      if (found === pointed) return;
      if (pointed) finder.point(pointed, false);
      if (found) finder.point(found, true);
      pointed = found;
    }
    document.addEventListener("mouseover", function (event) { pointAt(event.target); });
    document.addEventListener("focusin", function (event) { pointAt(event.target); });
    this.form.addEventListener("submit", function (event) { event.preventDefault(); });
    this.form.addEventListener("input", function () {
      finder.show();
      writeHash(finder.asked());
    });
    this.form.addEventListener("reset", function () {
      setTimeout(function () {
        finder.fill(new URLSearchParams());
        finder.show();
        writeHash(finder.asked());
      });
    });
    window.addEventListener("hashchange", function () {
      if (location.hash && location.hash.indexOf("=") < 0) return;
      finder.fill(readHash());
      finder.show();
    });
  };

  function startFinder() {
    var form = document.getElementById("narrowing"), data = document.getElementById("finder");
    if (!form || !data) return;
    var finder = new Finder(form, JSON.parse(data.textContent));
    if (!finder.rows.length) return;
    finder.fill(readHash());
    finder.show();
    finder.listen();
  }

  each(document.querySelectorAll("main table.data"), makeSortable);
  startFinder();
})();
