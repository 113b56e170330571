// Comfort only: moves the map and its list without loading the page. Every movement is a link, too.
"use strict";
(() => {
  const places = document.getElementById("places");
  if (!places || !window.htmx) return;
  const WIDE = 360, TALL = 300, STILL = 6;
  const KEYS = { "+": "in", "=": "in", "-": "out", ArrowLeft: "west", ArrowUp: "north", ArrowDown: "south", ArrowRight: "east" };
  const fingers = new Map();
  let dragged = false, turned = 0;
  const svg = () => places.querySelector("svg.map");
  const drawn = () => document.getElementById("map-drawn");

  function go(url) {
    const inside = places.contains(document.activeElement);
    htmx.ajax("GET", url.href.split("#")[0], { source: places, target: places }).then(() => {
      const map = document.getElementById("map");
      if (inside && !places.contains(document.activeElement)) map.focus({ preventScroll: true });
      if (url.hash === "#list" && map.nextElementSibling.getBoundingClientRect().top < 0) map.nextElementSibling.scrollIntoView();
    });
  }

  // From the screen to units of the drawing, and the piece of the earth seen after a movement.
  function unit(x, y) {
    const box = svg().getBoundingClientRect();
    return [(x - box.left) / box.width * WIDE, (y - box.top) / box.height * TALL];
  }
  function show([fromX, fromY], [toX, toY], times) {
    const [west, south, east, north] = svg().dataset.area.split(",").map(Number);
    const lon = (x) => west + (fromX + (x - toX) / times) / WIDE * (east - west);
    const lat = (y) => north - (fromY + (y - toY) / times) / TALL * (north - south);
    const url = new URL(location.href);
    url.searchParams.set("area", [lon(0), lat(TALL), lon(WIDE), lat(0)].map((edge) => edge.toFixed(5)).join(","));
    url.hash = "";
    go(url);
  }

  // One finger moves, two fingers zoom: from where they were to where they are.
  function movement() {
    const all = [...fingers.values()];
    const mean = (x, y) => unit(all.reduce((sum, one) => sum + one[x], 0) / all.length, all.reduce((sum, one) => sum + one[y], 0) / all.length);
    const apart = (x, y) => all[1] ? Math.hypot(all[0][x] - all[1][x], all[0][y] - all[1][y]) || 1 : 1;
    return [mean(0, 1), mean(2, 3), apart(2, 3) / apart(0, 1)];
  }
  places.addEventListener("pointerdown", (event) => {
    if (event.button || !event.target.closest("svg.map")) return;
    if (!fingers.size) dragged = false;
    fingers.set(event.pointerId, [event.clientX, event.clientY, event.clientX, event.clientY]);
  });
  places.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    finger[2] = event.clientX;
    finger[3] = event.clientY;
    if (!dragged && Math.hypot(finger[2] - finger[0], finger[3] - finger[1]) < STILL) return;
    if (!dragged) svg().setPointerCapture(event.pointerId);
    dragged = true;
    const [from, to, times] = movement();
    drawn().setAttribute("transform", `translate(${to[0] - from[0] * times} ${to[1] - from[1] * times}) scale(${times})`);
  });
  addEventListener("pointerup", (event) => {
    if (fingers.has(event.pointerId) && dragged) show(...movement());
    fingers.clear();
  });
  addEventListener("pointercancel", () => {
    fingers.clear();
    dragged = false;
    if (drawn()) drawn().removeAttribute("transform");
  });
  places.addEventListener("dragstart", (event) => { if (event.target.closest("svg.map")) event.preventDefault(); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (dragged && event.target.closest("svg.map")) event.preventDefault();
    else if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      go(new URL(link.getAttribute("href"), location.href));
    }
    dragged = false;
  }, true);
  places.addEventListener("dblclick", (event) => {
    const at = event.target.closest("svg.map") && unit(event.clientX, event.clientY);
    if (at && !event.target.closest("a")) show(at, at, 2);
  });
  places.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !event.target.closest("svg.map")) return;
    event.preventDefault();
    if (event.timeStamp - turned < 400) return;
    turned = event.timeStamp;
    const at = unit(event.clientX, event.clientY);
    show(at, at, event.deltaY < 0 ? 2 : 0.5);
  }, { passive: false });
  places.addEventListener("keydown", (event) => {
    const tool = event.target.closest(".places-map") && !event.ctrlKey && !event.metaKey && document.getElementById(`map-${KEYS[event.key]}`);
    if (tool) { event.preventDefault(); tool.click(); }
  });

  // A row marks its pin, a pin its row, a group of pins all of its rows.
  function mark(event) {
    const one = event && event.target.closest("[data-codes]");
    const codes = one ? one.dataset.codes.trim().split(" ") : [];
    places.querySelectorAll("[data-codes]").forEach((other) => {
      other.classList.toggle("is-marked", other.dataset.codes.trim().split(" ").some((code) => codes.includes(code)));
    });
  }
  places.addEventListener("mouseover", mark);
  places.addEventListener("focusin", mark);
  places.addEventListener("mouseleave", () => mark());
  places.addEventListener("focusout", () => mark());
  document.addEventListener("htmx:responseError", () => drawn() && drawn().removeAttribute("transform"));
  document.addEventListener("htmx:sendError", () => drawn() && drawn().removeAttribute("transform"));
})();
