// Comfort only: every page works without this file.
"use strict";
const page = document;
const all = (selector) => [...page.querySelectorAll(selector)];
const LOST = "网络不通，内容已留在本页";

function say(text) {
  const toast = page.createElement("p");
  toast.className = "toast";
  toast.textContent = text;
  const box = page.getElementById("toast");
  if (box) box.replaceChildren(toast);
  setTimeout(() => toast.remove(), 8000);
}

// Typed text stays in this tab until its form has been sent.
const keyOf = (field) => `keep ${location.pathname} ${field.name}`;
const kept = (form) => [...form.querySelectorAll("textarea[name], input[type=text][name]")];

page.documentElement.classList.add("js");
const sent = sessionStorage.getItem("sent");
if (sent && sent !== location.pathname) {
  Object.keys(sessionStorage).filter((key) => key.startsWith(`keep ${sent} `)).forEach((key) => sessionStorage.removeItem(key));
}
sessionStorage.removeItem("sent");
all("form[data-keep]").forEach((form) => {
  kept(form).forEach((field) => { field.value = field.value || sessionStorage.getItem(keyOf(field)) || ""; });
  form.addEventListener("input", () => kept(form).forEach((field) => sessionStorage.setItem(keyOf(field), field.value)));
});
page.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopPropagation();
    say(LOST);
  } else if (event.target.matches("[data-keep]")) {
    sessionStorage.setItem("sent", location.pathname);
  }
}, true);
page.addEventListener("htmx:sendError", () => say(LOST));
page.addEventListener("htmx:responseError", () => say("系统刚才出错了，您填的内容没有提交。请稍后再试"));

all("[data-nearest]").forEach((form) => {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.lat.value || !navigator.geolocation) return;
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.lat.value = coords.latitude.toFixed(5);
      form.elements.lon.value = coords.longitude.toFixed(5);
      form.submit();
    }, () => say("没有拿到位置，请按社区找"), { timeout: 8000 });
  });
});
all("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
page.addEventListener("change", ({ target }) => {
  const face = target.type === "file" && target.parentElement.querySelector(".file-name");
  if (face) face.textContent = target.files.length === 1 ? target.files[0].name : `已选 ${target.files.length} 张`;
});

page.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const text = page.getElementById(button.dataset.copy);
  text.select();
  const copied = navigator.clipboard ? navigator.clipboard.writeText(text.value) : Promise.reject();
  copied.catch(() => page.execCommand("copy")).then(() => say("已复制，可以贴到群里了"));
});

// The chosen ticket stays marked when the board is drawn again, and its record comes into view.
let chosen = "";
const mark = () => chosen && all(".tick").forEach((ticket) => ticket.setAttribute("aria-current", ticket.id === chosen));
page.addEventListener("click", (event) => {
  const ticket = event.target.closest(".tick");
  if (ticket) { chosen = ticket.id; mark(); }
});
page.addEventListener("htmx:afterSwap", ({ target }) => {
  mark();
  if (target.id === "detail" && target.getBoundingClientRect().top < 0) target.scrollIntoView();
});

// The board: j and k walk, Enter opens, d goes to the form beside it; Escape closes a sheet.
page.addEventListener("keydown", (event) => {
  if (event.key === "Escape") all("details.sheet-box[open], details.who[open]").forEach((box) => { box.open = false; });
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const tickets = all(".tick");
  const step = { j: 1, k: -1 }[event.key];
  if (step && tickets.length) {
    const here = tickets.indexOf(page.activeElement);
    tickets[here < 0 ? 0 : Math.min(Math.max(here + step, 0), tickets.length - 1)].focus();
  } else if (event.key === "d" && tickets.length) {
    const first = page.querySelector("#detail form input:not([type=hidden]), #detail form button");
    if (first) { event.preventDefault(); first.focus(); }
  }
});
