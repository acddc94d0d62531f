// What the page shows of one's sessions.
import { now } from "./client.js";
import { deviceOf } from "./device.js";
import { texts } from "./texts.js";
import { ago, minute } from "./times.js";
import { element, field, node, time } from "./view.js";

function deviceInWords(agent) {
  const { program, system } = deviceOf(agent);
  if (program && system) return texts().deviceOn(program, system);
  return program ?? system ?? texts().unknownDevice;
}

const agoInWords = (seconds) => ago(now() - seconds);

function classed(name, made) {
  made.className = name;
  return made;
}

function labelled(label, said) {
  return node("div", node("dt", label), node("dd", said));
}

/** Its button ends it; what the button is called says which. */
function endButton({ id, current, address }, device) {
  const words = current ? texts().logOut : texts().endSession;
  const button = node("button", words);
  button.type = "button";
  button.setAttribute("aria-label", `${words}: ${current ? texts().thisSession : device}, ${address}`);
  Object.assign(button.dataset, current ? { current } : { id });
  return button;
}

function sessionRow(session) {
  const device = deviceInWords(session.user_agent);
  const name = node("h3", device);
  if (session.current) name.append(" ", classed("badge", node("span", texts().thisSession)));
  const times = node(
    "dl",
    labelled(texts().created, time(session.created, minute(session.created))),
    labelled(texts().lastUsed, classed("ago", time(session.last_used, agoInWords(session.last_used)))),
  );
  return node("li", name, node("p", session.address), times, endButton(session, device));
}

export function showSessions(sessions) {
  field("sessions", ...sessions.map(sessionRow));
  element("end-others").hidden = sessions.every(({ current }) => current);
}

/** Keeps "5 minutes ago" right. */
export function tickAccount() {
  for (const shown of document.querySelectorAll("time.ago")) {
    const words = agoInWords(Date.parse(shown.dateTime) / 1000);
    if (shown.textContent !== words) shown.textContent = words;
  }
}
