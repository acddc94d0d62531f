// Times and spans of time in words. All are in seconds.
import { language } from "./texts.js";

/** A point in time, for example "Mar 5, 2026, 9:30:00 AM". */
export function moment(seconds) {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "medium" }).format(seconds * 1000);
}

/** The same to the minute. */
export function minute(seconds) {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(seconds * 1000);
}

/** To the second, without the date when it is today's. */
export function briefly(seconds) {
  const time = new Date(seconds * 1000);
  if (time.toDateString() !== new Date().toDateString()) return moment(seconds);
  return new Intl.DateTimeFormat(language(), { timeStyle: "medium" }).format(time);
}

const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const unitOf = (seconds) => units.find(([, size]) => Math.abs(seconds) >= size) ?? units.at(-1);

/** How far away that is, for example "in 59 minutes"; to the minute where it is more than one. */
export function distance(seconds) {
  const whole = Math.abs(seconds) < 60 ? Math.round(seconds) : Math.round(seconds / 60) * 60;
  const [unit, size] = unitOf(whole);
  const numeric = unit === "second" ? "auto" : "always";
  return new Intl.RelativeTimeFormat(language(), { numeric }).format(Math.round(whole / size), unit);
}

/** How long ago that was, for example "5 minutes ago", or "now" within a minute. */
export function ago(seconds) {
  return seconds < 60 ? new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(0, "second") : distance(-seconds);
}

/** How long that is, rounded up, for example "15 minutes". */
export function span(seconds) {
  const [unit, size] = unitOf(seconds);
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" }).format(Math.ceil(seconds / size));
}

/** A countdown, for example "59:07" or "1:00:00". */
export function clock(seconds) {
  const pad = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = pad(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`;
}
