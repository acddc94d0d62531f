// What a User-Agent field says of a device: nothing but a hint, since every client may send what it likes.

/** The first pattern that fits names the browser: many of them name their ancestors as well. */
const browsers = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|Opera|OPiOS)\b/, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bWhale\//, "Whale"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bKAKAOTALK\b/, "KakaoTalk"],
  [/\bNAVER\(/, "Naver"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|HeadlessChrome|Chromium|CriOS)\//, "Chrome"],
  [/\bPowerShell\/|\bWindowsPowerShell\//, "PowerShell"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
  [/\b(MSIE |Trident\/)/, "Internet Explorer"],
];

const systems = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\b(Macintosh|Mac OS X|macOS)\b/, "macOS"],
  [/\b(\w+BSD)\b/, "BSD"],
  [/\bLinux\b/, "Linux"],
];

const named = (table, agent) => table.find(([pattern]) => pattern.test(agent))?.[1];

/** A program that is no browser begins with its name, for example "curl/8.5.0". */
function programOf(agent) {
  if (/^(Mozilla|Opera)\//.test(agent)) return named(browsers, agent);
  return agent.match(/^[A-Za-z][\w.+-]{0,29}(?=\/|$)/)?.[0];
}

/** The names of program and system, each undefined where it cannot be told. */
export const deviceOf = (agent) => ({ program: programOf(agent), system: named(systems, agent) });
