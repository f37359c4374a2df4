// Draws the charts of a page from the figures in it. Their sentence, table and data stand without it.
(function () {
  "use strict";
  var root = document.documentElement;
  var NARROW = 600;
  var PRINTED = 680;
  var PICTURE_SCALE = 2;
  var PICTURE_HEAD = 38;
  var drawn = new Set();
  var bundle = null;
  var probe = document.createElement("span");
  // Plotly's maps bring a style element, which the policy refuses, unless this id is taken.
  probe.id = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";
  probe.hidden = true;
  document.body.append(probe);

  function load(url) {
    if (bundle) return bundle;
    // Plotly writes rules into a style element of its own, which the policy of this site refuses.
    // It leaves them out where an element of this name says that the page has them.
    var sheet = document.querySelector('link[rel="stylesheet"]');
    sheet.id = "plotly.js-style-global";
    sheet.classList.add("no-inline-styles");
    bundle = new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = url;
      script.onload = function () { resolve(window.Plotly); };
      script.onerror = reject;
      document.head.append(script);
    });
    return bundle;
  }

  function colour(token) {
    probe.style.color = token;
    return getComputedStyle(probe).color;
  }

  // A copy of the figure with the colours that are in force in the place of their names.
  function coloured(part) {
    if (typeof part === "string") return /^var\(--[a-z0-9-]+\)$/.test(part) ? colour(part) : part;
    if (Array.isArray(part)) return part.map(coloured);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(function (entry) { return [entry[0], coloured(entry[1])]; }));
  }

  function set(layout, path, value) {
    var keys = path.split(".");
    var last = keys.pop();
    var holder = keys.reduce(function (part, key) { return part[key] || (part[key] = {}); }, layout);
    holder[last] = value;
  }

  function part(chart, name) { return chart.querySelector(name); }

  function draw(chart, width) {
    var plot = part(chart, ".chart-plot");
    var figure = coloured(JSON.parse(part(chart, "script").textContent));
    var wide = width || plot.clientWidth;
    if (wide < NARROW) {
      Object.entries(figure.narrow).forEach(function (entry) { set(figure.layout, entry[0], entry[1]); });
    }
    figure.layout.width = Math.max(wide, figure.leastWidth);
    if (figure.leastWidth > wide) plot.tabIndex = 0;
    else plot.removeAttribute("tabindex");
    plot.style.height = figure.layout.height + "px";
    chart.dataset.width = wide;
    return window.Plotly.react(plot, figure.data, figure.layout, { displayModeBar: false, doubleClick: "reset" });
  }

  function redraw(width) {
    drawn.forEach(function (chart) {
      if (chart.isConnected) draw(chart, width);
      else drawn.delete(chart);
    });
  }

  function faces() {
    return Array.from(document.styleSheets).flatMap(function (sheet) { return Array.from(sheet.cssRules); }).filter(function (rule) {
      return rule instanceof CSSFontFaceRule && rule.style.fontFamily.includes("Source Sans 3");
    });
  }

  function asData(blob) {
    return new Promise(function (resolve) {
      var reader = new FileReader();
      reader.onload = function () { resolve(reader.result); };
      reader.readAsDataURL(blob);
    });
  }

  // A picture sees no face of its page; the one that measures goes with it, or labels are cut.
  function lettered(svg) {
    var face = faces().find(function (rule) { return /^U\+0-FF|^U\+0000/i.test(rule.style.unicodeRange); });
    if (!face) return svg;
    var sheet = face.parentStyleSheet.href;
    var address = new URL(face.style.src.match(/url\("([^"]+)"\)/)[1], sheet);
    return fetch(address).then(function (answer) { return answer.blob(); }).then(asData).then(function (data) {
      var rule = '<style>@font-face{font-family:"Source Sans 3";font-weight:200 900;src:url(' + data + ")}</style>";
      return svg.replace(/<svg[^>]*>/, function (opening) { return opening + rule; });
    });
  }

  // The picture goes where its page does not: it says what it shows, and whether that is real.
  function paint(svg, plot) {
    var wide = plot.layout.width;
    var high = plot.layout.height;
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = wide * PICTURE_SCALE;
        canvas.height = (high + PICTURE_HEAD) * PICTURE_SCALE;
        var brush = canvas.getContext("2d");
        brush.scale(PICTURE_SCALE, PICTURE_SCALE);
        brush.fillStyle = colour("var(--page)");
        brush.fillRect(0, 0, wide, high + PICTURE_HEAD);
        brush.drawImage(image, 0, PICTURE_HEAD, wide, high);
        brush.fillStyle = colour("var(--ink)");
        brush.font = '650 17px "Source Sans 3"';
        brush.fillText(plot.closest("section").querySelector("h2").textContent, 10, 26, wide - 140);
        if (document.querySelector(".demonstration")) {
          brush.fillStyle = colour("var(--brass)");
          brush.font = '400 14px "Source Sans 3"';
          brush.textAlign = "right";
          brush.fillText("Demonstration", wide - 10, 26);
        }
        resolve(canvas.toDataURL("image/png"));
      };
      image.onerror = reject;
      image.src = "data:image/svg+xml," + encodeURIComponent(svg);
    });
  }

  // Plotly's own way to a picture goes through a blob, which the policy does not take for an image.
  function save(plot, name) {
    window.Plotly.toImage(plot, { format: "svg", width: plot.layout.width, height: plot.layout.height, imageDataOnly: true })
      .then(lettered)
      .then(function (svg) { return paint(svg, plot); })
      .then(function (address) {
        var link = document.createElement("a");
        link.download = name;
        link.href = address;
        link.click();
      });
  }

  function offer(chart) {
    var picture = part(chart, "[data-chart-picture]");
    var whole = part(chart, "[data-chart-reset]");
    var plot = part(chart, ".chart-plot");
    picture.hidden = false;
    picture.addEventListener("click", function () { save(plot, "bellwether-" + chart.dataset.chart + ".png"); });
    whole.addEventListener("click", function () {
      plot.layout.uirevision = String(Date.now());
      window.Plotly.purge(plot);
      draw(chart);
      whole.hidden = true;
    });
    ["plotly_relayout", "plotly_restyle"].forEach(function (moved) {
      plot.on(moved, function () { whole.hidden = false; });
    });
  }

  var sizes = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var chart = entry.target.closest(".chart");
      var wide = entry.target.clientWidth;
      if (drawn.has(chart) && wide && Math.abs(wide - Number(chart.dataset.width)) > 1) draw(chart);
    });
  });

  function show(chart) {
    var plot = part(chart, ".chart-plot");
    Promise.all([load(chart.dataset.plotly), document.fonts.load('14px "Source Sans 3"')]).then(function () {
      if (!chart.isConnected) return;
      return draw(chart).then(function () {
        drawn.add(chart);
        offer(chart);
        sizes.observe(plot);
        chart.dataset.drawn = "";
      });
    }).catch(function () {
      // The sentence above and the table below say the same.
      plot.hidden = true;
    });
  }

  // The program is large: it is fetched when a chart comes near the screen.
  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      near.unobserve(entry.target);
      show(entry.target);
    });
  }, { rootMargin: "600px" });

  function find() {
    document.querySelectorAll(".chart:not([data-found])").forEach(function (chart) {
      chart.dataset.found = "";
      part(chart, ".chart-plot").hidden = false;
      near.observe(chart);
    });
  }

  new MutationObserver(function () { redraw(); }).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { redraw(); });
  // Paper is light.
  var chosen = null;
  window.addEventListener("beforeprint", function () { chosen = root.dataset.theme || ""; root.dataset.theme = "light"; redraw(PRINTED); });
  window.addEventListener("afterprint", function () {
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    redraw();
  });
  document.addEventListener("htmx:afterSwap", find);
  find();
})();
