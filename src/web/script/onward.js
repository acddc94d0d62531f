// Leads on to where the user came from, and says why where that cannot work.
import { say } from "./messages.js";
import { cookieHolder, destination, wrongHost } from "./site.js";
import { texts } from "./texts.js";

const loop = 30_000; // milliseconds: who is back so soon was sent back
const name = "jwtgate.led";

const host = destination.url && new URL(destination.url, location.href).host;

/** Whether the page is left. */
export function leadOn() {
  if (!destination.url) return false;
  remember();
  location.replace(destination.url);
  return true;
}

/** For one who was logged in already. A site that sends back at once would do so for ever. */
export function leadOnUnlessSentBack() {
  if (destination.fault === "refused") say("fault", refusedWords);
  else if (wasSentBack()) say("fault", sentBackWords);
  else leadOn();
}

/** The same for one who has to log in first. */
export function sayIfRefused() {
  if (destination.fault === "refused") say("alarm", refusedWords);
}

function refusedWords() {
  return wrongHost ? texts().wrongHost(wrongHost, location.host) : texts().notLedBack;
}

function sentBackWords() {
  const words = texts().sentBack[destination.fault || "other"];
  return words({ host, cookieHolder });
}

function remember() {
  try {
    sessionStorage.setItem(name, JSON.stringify({ url: destination.url, at: Date.now() }));
  } catch {
    // where storage is blocked, a loop is not seen
  }
}

function wasSentBack() {
  try {
    const led = JSON.parse(sessionStorage.getItem(name));
    return led?.url === destination.url && Math.abs(Date.now() - led.at) < loop;
  } catch {
    return false;
  }
}
