// The language that the page speaks.
import { english } from "./english.js";
import { korean } from "./korean.js";
import { recall, remember } from "./memory.js";

export const languages = { en: english, ko: korean };

let current = chosen() ?? preferred();

function chosen() {
  const language = recall("language");
  return language in languages ? language : undefined;
}

function preferred() {
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages) ?? "en";
}

export const language = () => current;
export const texts = () => languages[current];

/** What the switch shows: the other language's own name, and its tag for a screen reader. */
export function otherLanguage() {
  const lang = current === "en" ? "ko" : "en";
  return { lang, textContent: languages[lang].language };
}

export function switchLanguage() {
  current = otherLanguage().lang;
  remember("language", current);
}
