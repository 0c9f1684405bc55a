// What a page does besides what HTML does by itself: keeps what was typed, tells the server that a window is open.
"use strict";
(function () {
  document.documentElement.classList.add("script");
  var window_ = sessionStorage.getItem("window") || String(Math.random()).slice(2);
  sessionStorage.setItem("window", window_);
  function tell(words) {
    return "/alive?window=" + window_ + words;
  }
  function alive() { fetch(tell(""), { method: "POST", keepalive: true }).catch(function () {}); }
  alive();
  setInterval(alive, 30000);
  addEventListener("pagehide", function () { navigator.sendBeacon(tell("&gone=1")); });

  // Drafts: everything that was typed into a form, until it is recorded.
  function key(form) { return "draft:" + form.dataset.draft; }
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (one) {
      return one.name && one.type !== "file" && one.type !== "submit" && one.name !== "token" && one.name !== "seen";
    });
  }
  function save(form) {
    var kept = fields(form).map(function (one) {
      return [one.name, one.type === "checkbox" || one.type === "radio" ? [one.value, one.checked] : one.value];
    });
    try { localStorage.setItem(key(form), JSON.stringify(kept)); } catch (error) { /* no room: nothing is kept */ }
  }
  function restore(form) {
    var kept;
    try { kept = JSON.parse(localStorage.getItem(key(form)) || "null"); } catch (error) { kept = null; }
    if (!kept) { return; }
    var changed = false;
    kept.forEach(function (pair) {
      fields(form).forEach(function (one) {
        if (one.name !== pair[0]) { return; }
        if (Array.isArray(pair[1])) {
          if (one.value === pair[1][0] && one.checked !== pair[1][1]) { one.checked = pair[1][1]; changed = true; }
        } else if (one.type !== "checkbox" && one.type !== "radio" && one.value !== pair[1]) {
          one.value = pair[1]; changed = changed || one.type !== "hidden";
        }
      });
    });
    if (changed) {
      var said = document.createElement("p");
      said.className = "hint-box";
      said.setAttribute("role", "status");
      said.textContent = "已恢复上次没有登记的填写。";
      var drop = document.createElement("button");
      drop.type = "button"; drop.textContent = "不要了，重新填";
      drop.addEventListener("click", function () { localStorage.removeItem(key(form)); location.reload(); });
      said.appendChild(drop);
      form.insertBefore(said, form.firstChild);
    }
  }
  // What is wrong with an answer stands beside it, too, until it is changed.
  function mark(part) {
    Array.prototype.forEach.call(document.querySelectorAll("[aria-invalid]"), unmark);
    Array.prototype.forEach.call(part.querySelectorAll("[data-wrong]"), function (line) {
      var field = document.getElementById(line.dataset.wrong);
      if (!field) { return; }
      var said = document.createElement("p");
      said.className = "wrong";
      said.id = field.id + "-wrong";
      said.textContent = line.querySelector("span").textContent;
      field.closest(".field").appendChild(said);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", said.id);
      var fold = field.closest("details");
      if (fold) { fold.open = true; }
    });
  }
  function unmark(field) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    document.getElementById(field.id + "-wrong").remove();
  }
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form) { return; }
    var asked = event.target.closest(".field");
    var field = asked && (asked.matches("[aria-invalid]") ? asked : asked.querySelector("[aria-invalid]"));
    if (field) { unmark(field); }
    // Only what was shown is recorded: after a change it is to be looked at again.
    Array.prototype.forEach.call(document.querySelectorAll(".answer button[form='" + form.id + "']"), function (button) {
      button.closest(".answer").remove();
    });
  });
  document.addEventListener("keydown", function (event) {
    var place = event.key === "Escape" && event.target.closest(".place");
    if (place) { shut(place); }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-shut]");
    if (button) { shut(button.closest(".place")); }
  });
  function shut(place) {
    place.textContent = "";
    var opener = document.querySelector("[hx-target='#" + place.id + "']");
    if (opener) { opener.focus(); }
  }
  function begin(part) {
    Array.prototype.forEach.call(part.querySelectorAll("form[data-draft]"), function (form) {
      restore(form);
      form.addEventListener("input", function () { save(form); });
    });
  }
  function recorded(part) {
    Array.prototype.forEach.call(part.querySelectorAll("[data-recorded]"), function (one) {
      localStorage.removeItem("draft:" + one.dataset.recorded);
      Array.prototype.forEach.call(document.querySelectorAll("form[data-draft]"), function (form) {
        if (form.dataset.draft === one.dataset.recorded) { form.hidden = true; }
      });
    });
  }
  begin(document);
  recorded(document);
  // A form opens where its button stands, and only one at a time.
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    if (!event.detail.target.classList.contains("place")) { return; }
    Array.prototype.forEach.call(document.querySelectorAll(".place"), function (one) { one.textContent = ""; });
  });
  document.body.addEventListener("htmx:afterSwap", function (event) {
    var part = event.detail.target;
    begin(part);
    recorded(part);
    mark(part);
    var box = part.querySelector(".answer") || part.querySelector("h2[tabindex]");
    if (box) { box.tabIndex = -1; box.focus({ preventScroll: true }); box.scrollIntoView({ block: "nearest" }); }
  });
  document.addEventListener("change", function (event) {
    if (event.target.type !== "file") { return; }
    var names = event.target.parentNode.querySelector(".names");
    if (names) {
      names.textContent = Array.prototype.map.call(event.target.files, function (one) { return one.name; }).join("、");
    }
  });
  // Work that takes long says how far it is: beside what was pressed, until its answer is there.
  function follow(part, job) {
    var said = document.createElement("p");
    var bar = document.createElement("progress");
    var words = document.createElement("span");
    said.className = "long";
    said.setAttribute("role", "status");
    said.hidden = true;
    said.appendChild(words);
    said.appendChild(bar);
    part.parentNode.insertBefore(said, part.nextSibling);
    var begun = false;
    var empty = 0;
    var timer = setInterval(function () {
      fetch("/progress?job=" + job).then(function (answer) {
        if (answer.status !== 200) { empty += 1; if (begun || empty > 20) { end(); } return; }
        answer.json().then(function (how) {
          begun = true;
          said.hidden = false;
          words.textContent = how.what + "：" + how.done + "/" + how.total + " ";
          bar.max = how.total; bar.value = how.done;
        });
      }).catch(end);
    }, 400);
    function end() { clearInterval(timer); said.remove(); }
    return end;
  }
  document.body.addEventListener("htmx:configRequest", function (event) {
    var form = event.target;
    if (!("long" in form.dataset)) { return; }
    var job = String(Math.random()).slice(2);
    event.detail.parameters.job = job;
    var end = follow(form, job);
    form.addEventListener("htmx:afterRequest", end, { once: true });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-long]");
    if (!link) { return; }
    var job = String(Math.random()).slice(2);
    var way = new URL(link.href);
    way.searchParams.set("job", job);
    link.href = way.href;
    follow(link, job);
  });
  function failed(event) {
    var part = event.detail.target || document.getElementById("answer");
    if (!part) { return; }
    part.textContent = "";
    var box = document.createElement("div");
    box.className = "answer wrong-box";
    box.setAttribute("role", "alert");
    box.textContent = "程序没有回答，可能已经关闭。填写的内容已保存在浏览器里：请重新打开工改，回到这一页再按一次，不会重复登记。";
    part.appendChild(box);
  }
  document.body.addEventListener("htmx:sendError", failed);
  document.body.addEventListener("htmx:responseError", failed);

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy],[data-print]");
    if (!button) { return; }
    if ("print" in button.dataset) { print(); return; }
    var text = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(text.textContent).then(function () { button.textContent = "已复制"; });
  });
})();
