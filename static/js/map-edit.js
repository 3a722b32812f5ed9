// Choosing a place and drawing, on a map: by clicks, or with the arrow keys and Enter under a cross. The fields that
// are filled here can be typed as well, and stay what the server reads.
"use strict";

{
  const { told, fill, element, leaflet, begin, draw, fit, fetched } = window.civicMap;
  const words = told.words;
  const round = (degrees) => Math.round(degrees * 1e6) / 1e6;
  const named = (at) => ({ latitude: round(at.lat).toFixed(5), longitude: round(at.lng).toFixed(5) });
  // As the server reads it, with a comma or a point.
  const degrees = (text) => (text.trim() ? Number(text.trim().replace(",", ".").replace("°", "")) : NaN);

  // A click, Enter on the map, or the button beneath: all set something at a place.
  const sets = (map, box, put) => {
    // The second click of a double click sets nothing more.
    map.on("click", (event) => event.originalEvent.detail < 2 && put(event.latlng.wrap()));
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== map.getContainer()) return;
      event.preventDefault();
      put(map.getCenter().wrap());
    });
    box.querySelector("[data-put]").addEventListener("click", () => put(map.getCenter().wrap()));
  };

  const opened = async (box, address, how) => {
    const [L, read] = await Promise.all([leaflet(), fetched(address)]);
    const map = begin(L, box.querySelector("[data-sheet]"));
    const drawn = draw(L, map, read, how);
    fit(map, drawn);
    return [L, map, read, drawn];
  };

  const pin = (L, at, mark = "") =>
    L.marker(at, {
      icon: L.divIcon({ html: element("span", mark), className: "map__place", iconSize: [28, 28], iconAnchor: [14, 34] }),
      interactive: false,
      keyboard: false,
    });

  // ------------------------------------------------------------------ a writer's place

  const pick = async (box) => {
    const { place: chosen, place_at: typed } = box.closest("form").elements;
    const said = box.querySelector("[data-said]");
    const [L, map] = await opened(box, box.dataset.pick);
    let mark;
    const show = () => {
      mark?.remove();
      const [latitude, longitude] = typed.value.trim().split(/[;\s]+|,\s+|,(?=[^,]*\.)/).map(degrees);
      mark = Number.isFinite(latitude) && Number.isFinite(longitude) ? pin(L, [latitude, longitude]).addTo(map) : null;
    };
    const put = (at) => {
      typed.value = `${round(at.lat).toFixed(6)} ${round(at.lng).toFixed(6)}`;
      chosen.value = "";
      said.textContent = fill(words.put, named(at));
      show();
    };
    sets(map, box, put);
    box.querySelector("[data-clear]").addEventListener("click", () => {
      typed.value = chosen.value = "";
      said.textContent = words.none;
      show();
    });
    typed.addEventListener("input", show);
    show();
  };

  for (const box of document.querySelectorAll("[data-pick]")) {
    const field = box.closest("form").elements.place_at;
    const fold = field?.closest("details");
    if (!fold) continue;
    field.closest(".field").after(box);
    // Nothing is fetched for those who have no place to tell.
    const open = () => {
      if (!fold.open) return;
      fold.removeEventListener("toggle", open);
      box.hidden = false;
      pick(box).catch(() => (box.hidden = true));
    };
    fold.addEventListener("toggle", open);
    open();
  }

  // ------------------------------------------------------------------ what an official draws

  class Sketch {
    constructor(box, L, map) {
      Object.assign(this, { box, L, map, corners: [], filled: [], mode: "area" });
      this.field = box.closest("form").elements.drawn;
      this.areas = this.field.value ? JSON.parse(this.field.value).features : [];
      this.layer = L.layerGroup().addTo(map);
    }

    say(sentence, values = {}) {
      this.box.querySelector("[data-said]").textContent = fill(sentence, values);
    }

    put(at) {
      if (this.mode === "point") this.fillRow(at);
      else {
        this.corners.push([round(at.lng), round(at.lat)]);
        this.say(words.corner, { count: this.corners.length, ...named(at) });
      }
      this.show();
    }

    rows() {
      const form = this.box.closest("form");
      return [...form.querySelectorAll("input[name^=points-][name$=-north]")].map((north) => ({
        north,
        east: form.elements[north.name.replace(/north$/, "east")],
        fieldset: north.closest("fieldset"),
      }));
    }

    fillRow(at) {
      const rows = this.rows();
      const free = rows.findIndex((row) => !row.north.value.trim() && !row.east.value.trim());
      if (free < 0) {
        this.say(words.full);
        return;
      }
      rows[free].north.value = round(at.lat).toFixed(6);
      rows[free].east.value = round(at.lng).toFixed(6);
      this.filled.push(rows[free]);
      this.say(words.row, { row: free + 1, ...named(at) });
    }

    undo() {
      if (this.mode === "point") {
        const row = this.filled.pop();
        if (row) row.north.value = row.east.value = "";
        this.say(words.none);
      } else {
        this.corners.pop();
        this.say(words.undone, { count: this.corners.length });
      }
      this.show();
    }

    clear() {
      this.corners = [];
      this.say(words.cleared);
      this.show();
    }

    finish() {
      if (this.corners.length < 3) {
        this.say(words.few);
        return;
      }
      const typed = this.box.querySelector("#drawn-name");
      const properties = typed.value.trim() ? { name: typed.value.trim() } : {};
      const coordinates = [[...this.corners, this.corners[0]]];
      this.areas.push({ type: "Feature", properties, geometry: { type: "Polygon", coordinates } });
      typed.value = "";
      this.corners = [];
      this.say(words.drawn, { name: this.called(this.areas.length - 1) });
      this.show();
    }

    called(at) {
      return this.areas[at].properties?.name || `${words.area} ${at + 1}`;
    }

    remove(at) {
      const name = this.called(at);
      this.areas.splice(at, 1);
      this.say(words.removed, { name });
      this.show();
      this.map.getContainer().focus();
    }

    show() {
      const { L, layer } = this;
      layer.clearLayers();
      this.field.value = this.areas.length
        ? JSON.stringify({ type: "FeatureCollection", features: this.areas })
        : "";
      for (const area of this.areas) {
        L.geoJSON(area, { interactive: false, style: { className: "m-drawn" } }).addTo(layer);
      }
      const places = this.corners.map(([longitude, latitude]) => [latitude, longitude]);
      L.polyline(places, { className: "m-open", interactive: false }).addTo(layer);
      for (const at of places) {
        const icon = L.divIcon({ className: "map__corner", iconSize: [12, 12] });
        L.marker(at, { icon, interactive: false, keyboard: false }).addTo(layer);
      }
      this.rows().forEach((row, at) => {
        const place = [degrees(row.north.value), degrees(row.east.value)];
        // Metres of UTM can be typed too; they stand on the map when it is saved.
        if (Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180) pin(L, place, String(at + 1)).addTo(layer);
      });
      this.list();
    }

    list() {
      const rows = this.areas.map((_area, at) => {
        const button = element("button", fill(words.remove, { name: this.called(at) }), "btn btn--quiet");
        button.type = "button";
        button.addEventListener("click", () => this.remove(at));
        const row = element("li");
        row.append(button);
        return row;
      });
      this.box.querySelector("[data-drawn]").replaceChildren(...rows);
    }

    choose(mode) {
      this.mode = mode;
      for (const button of this.box.querySelectorAll("[data-mode]")) {
        button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
      }
      this.box.querySelector("[data-finishing]").hidden = mode !== "area";
      this.box.querySelector("[data-clear]").hidden = mode !== "area";
    }
  }

  const sketch = async (box) => {
    box.hidden = false;
    const typesPoints = Boolean(box.closest("form").querySelector("input[name^=points-]"));
    const [L, map] = await opened(box, box.dataset.draw, { points: !typesPoints });
    const drawing = new Sketch(box, L, map);
    sets(map, box, (at) => drawing.put(at));
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key !== "Backspace") return;
      event.preventDefault();
      drawing.undo();
    });
    for (const act of ["undo", "clear", "finish"]) {
      box.querySelector(`[data-${act}]`).addEventListener("click", () => drawing[act]());
    }
    for (const button of box.querySelectorAll("[data-mode]")) {
      button.addEventListener("click", () => drawing.choose(button.dataset.mode));
    }
    // Enter in the name finishes the area and does not send the form.
    box.querySelector("#drawn-name").addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      drawing.finish();
    });
    box.closest("form").addEventListener("input", (event) => {
      if (/^points-/.test(event.target.name)) drawing.show();
    });
    // An area that nobody finished would be lost without a word.
    box.closest("form").addEventListener("submit", () => {
      if (drawing.corners.length > 2) drawing.finish();
    });
    drawing.show();
    const bounds = L.featureGroup(drawing.layer.getLayers()).getBounds();
    if (bounds.isValid() && !box.dataset.draw) map.fitBounds(bounds, { maxZoom: 16, animate: false });
  };

  for (const box of document.querySelectorAll("[data-draw]")) sketch(box).catch(() => (box.hidden = true));
}
