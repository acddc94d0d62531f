// What the page says of what has just happened: one message at a time.
import { texts } from "./texts.js";
import { span } from "./times.js";

const places = ["news", "fault", "alarm", "invite-alarm", "change-alarm", "again-alarm"];
const readingTime = 6_000; // milliseconds

let message; // { place, words }: words is a function, so that the message follows the language

/** `place` is "news", which goes by itself, "fault", which stays until the next action, or the alarm of a form, the same. */
export function say(place, words) {
  const said = { place, words };
  message = said;
  showMessage();
  if (place === "news") setTimeout(() => message === said && hush(), readingTime);
}

/** The next action has begun; what was said stays in sight until `settleMessage`, when it may have been replaced. */
export function forgetMessage() {
  message = undefined;
}

export function settleMessage() {
  if (!message) showMessage();
}

export function hush() {
  forgetMessage();
  showMessage();
}

export function showMessage() {
  for (const place of places) document.getElementById(place).replaceChildren(...spoken(place));
}

function spoken(place) {
  if (message?.place !== place) return [];
  const line = document.createElement("p");
  line.textContent = message.words();
  return [line];
}

/** A refusal in words, with the time to wait where the server named one. */
export function explain({ code, status, said, wait }) {
  if (code === "weak_password") return texts().serverSays[said] ?? said;
  const words = texts().refusal[code] ?? texts().refusal.unexpected(status);
  return wait ? words + texts().again(span(wait)) : words;
}
