// A map that can be moved, in the place of the drawing that the server made. Without this file the drawing stays.
"use strict";

{
  const told = JSON.parse(document.getElementById("map-told").textContent);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const metres = (length) => length.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

  const element = (name, text, className, lang) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    if (lang) made.lang = lang;
    return made;
  };
  // What an official named is kept in one language; on a page in another it carries the mark of its own.
  const kept = document.documentElement.lang === told.language ? "" : told.language;

  // Leaflet is large: it comes when a map is on the page and not before.
  let coming;
  const leaflet = () => {
    coming ??= Promise.all([
      ...told.styles.map(
        (href) =>
          new Promise((done, failed) => {
            const style = element("link");
            Object.assign(style, { rel: "stylesheet", href, onload: done, onerror: failed });
            document.head.append(style);
          }),
      ),
      new Promise((done, failed) => {
        const script = element("script");
        Object.assign(script, { src: told.leaflet, onload: done, onerror: failed });
        document.head.append(script);
      }),
    ]).then(() => window.L);
    return coming;
  };

  const begin = (L, box) => {
    const map = L.map(box, {
      attributionControl: false,
      zoomControl: false,
      // The page scrolls on when the wheel or the reader comes past the map.
      scrollWheelZoom: false,
      keyboardPanDelta: 20,
      zoomSnap: told.tiles ? 1 : 0.25,
      minZoom: 5,
      maxZoom: 19,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
    });
    if (still) map.panBy = (by, how) => L.Map.prototype.panBy.call(map, by, { ...how, animate: false });
    L.control.zoom({ zoomInTitle: told.words.closer, zoomOutTitle: told.words.further }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (told.tiles) {
      L.tileLayer(told.tiles, { maxZoom: 19, referrerPolicy: "strict-origin" }).addTo(map);
      credit(L, map);
    }
    map.on("popupopen", (event) => {
      const shown = event.popup.getElement();
      shown.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", told.words.close);
      shown.querySelector(".map__told").focus();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    map.fitBounds(told.country);
    return map;
  };

  // Who lends the tiles is named as text: nothing of the settings is read as HTML.
  const credit = (L, map) => {
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => {
      const box = element("p", told.creditLink ? "" : told.credit, "map__credit");
      if (told.creditLink) {
        const link = element("a", told.credit);
        link.href = told.creditLink;
        box.append(link);
      }
      return box;
    };
    control.addTo(map);
  };

  const place = (geometry) => [geometry.coordinates[1], geometry.coordinates[0]];
  const label = (L, at, text, lang) =>
    L.marker(at, {
      icon: L.divIcon({ html: element("span", text, "", lang), className: "map__label", iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
    });

  // A sign that is reached with the Tab key, says its name, and opens what is told of it with Enter.
  const sign = (L, at, { name, lang, mark, className, about, size = 24, anchor }) => {
    const icon = L.divIcon({ html: element("span", mark), className, iconSize: [size, size], iconAnchor: anchor });
    const made = L.marker(at, { icon, title: name });
    made.on("add", () => {
      made.getElement().setAttribute("aria-label", name);
      if (lang) made.getElement().lang = lang;
      made.getElement().removeAttribute("title");
    });
    const box = element("div", "", "map__told");
    box.tabIndex = -1;
    box.append(...about);
    // Whoever read it goes on from the sign.
    made.on("popupclose", () => {
      const { activeElement: held, body } = document;
      if (held === body || box.closest(".leaflet-popup")?.contains(held)) made.getElement()?.focus();
    });
    return made.bindPopup(box, { maxWidth: 260, autoPanPadding: [20, 20] });
  };

  const facts = (feature, position) => {
    const about = feature.properties;
    const name = about.name || `${told.kinds[about.kind]} ${about.number || position}`;
    const lang = about.name ? kept : "";
    const lines = [];
    if (about.number && about.name && !about.name.endsWith(about.number)) {
      lines.push(fill(told.words.number, { number: about.number }));
    }
    if (about.height_m) lines.push(fill(told.words.height, { metres: metres(about.height_m) }));
    if (about.rotor_m) lines.push(fill(told.words.rotor, { metres: metres(about.rotor_m) }));
    const lead = [element("strong", name, "", lang), ...lines.map((line) => element("p", line))];
    if (about.note) lead.push(element("p", about.note, "", kept));
    return { name, lang, about: lead };
  };

  const rings = (L, read, points, drawn) => {
    const singles = points.filter((one) => one.geometry.type === "Point");
    if (singles.length > told.mostRinged) return;
    const turbines = singles.filter((one) => one.properties.kind === "turbine");
    const tall = turbines.filter((one) => one.properties.height_m);
    const around = turbines.length ? turbines : singles;
    const kinds = tall.length ? [tall.map((one) => [one, told.timesTheHeight * one.properties.height_m])] : [];
    for (const far of read.distances_m || []) kinds.push(around.map((one) => [one, far]));
    kinds.forEach((kind, step) => {
      let northernmost;
      for (const [one, far] of kind) {
        const ring = L.circle(place(one.geometry), {
          radius: far,
          className: `m-ring m-ring--${step}`,
          interactive: false,
        }).addTo(drawn);
        const north = place(one.geometry)[0] + far / 111_320;
        if (!northernmost || north > northernmost.at[0]) northernmost = { at: [north, ring.getLatLng().lng], far };
      }
      if (northernmost) label(L, northernmost.at, `${metres(Math.max(...kind.map((one) => one[1])))} m`).addTo(drawn);
    });
  };

  // What the server draws, from the same file: areas below, then lines, rings, points and words.
  const draw = (L, map, read, { points: drawsPoints = true } = {}) => {
    const drawn = L.featureGroup();
    const features = read.features.map((feature, at) => ({ ...feature, position: at + 1 }));
    const points = features.filter((one) => ["turbine", "point"].includes(one.properties.kind));
    for (const kind of ["area", "line"]) {
      for (const one of features.filter((feature) => feature.properties.kind === kind)) {
        const shape = L.geoJSON(one, { interactive: false, style: { className: `m-${kind}` } }).addTo(drawn);
        const bounds = shape.getBounds();
        const below = [bounds.getSouth(), bounds.getCenter().lng];
        if (kind === "area" && one.properties.name) label(L, below, one.properties.name, kept).addTo(drawn);
      }
    }
    if (drawsPoints) {
      rings(L, read, points, drawn);
      const single = points.every((one) => one.geometry.type === "Point");
      if (single && points.length <= told.mostSigns) signs(L, points, drawn);
      else dots(L, points, drawn);
    }
    drawn.addTo(map);
    return drawn;
  };

  const signs = (L, points, drawn) => {
    for (const one of points) {
      const other = one.properties.kind === "turbine" ? "" : " map__sign--point";
      const mark = one.properties.number || String(one.position);
      const made = { ...facts(one, one.position), mark, className: `map__sign${other}` };
      sign(L, place(one.geometry), made).addTo(drawn);
    }
  };

  const dots = (L, points, drawn) => {
    const color = getComputedStyle(document.documentElement).getPropertyValue("--official");
    const renderer = L.canvas();
    const pointToLayer = (_feature, at) =>
      L.circleMarker(at, { renderer, radius: 3, color, fillOpacity: 1, interactive: false });
    L.geoJSON(points, { pointToLayer }).addTo(drawn);
  };

  // Contributions' places stand in the page's own list: the map shows those and knows of no others.
  const written = (L, map) => {
    for (const row of document.querySelectorAll("[data-place]")) {
      const about = [...row.childNodes].map((node) => node.cloneNode(true));
      const name = row.textContent.trim().replace(/\s+/g, " ");
      const one = { name, about, mark: row.dataset.number, className: "map__place", size: 28, anchor: [14, 34] };
      sign(L, row.dataset.place.split(" ").map(Number), one).addTo(map);
    }
  };

  const fetched = async (address) => {
    const answer = address ? await fetch(address, { headers: { Accept: "application/geo+json" } }) : null;
    return answer?.ok ? answer.json() : { features: [] };
  };

  const fit = (map, drawn) => {
    const bounds = drawn.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 16, animate: false });
  };

  const show = async (box) => {
    const [L, read] = await Promise.all([leaflet(), fetched(box.dataset.map)]);
    if (!read.features.length) return;
    box.hidden = false;
    box.closest(".map").classList.add("map--live");
    const map = begin(L, box);
    const drawn = draw(L, map, read);
    written(L, map);
    fit(map, drawn);
  };

  window.civicMap = { told, fill, element, leaflet, begin, draw, fit, fetched };
  for (const box of document.querySelectorAll("[data-map]")) {
    show(box).catch(() => {
      box.hidden = true;
      box.closest(".map").classList.remove("map--live");
    });
  }
}
