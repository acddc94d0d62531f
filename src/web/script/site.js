// What the server says of itself and of this visit, in the head of the page.
const said = (name) => document.querySelector(`meta[name="${name}"]`).content;

export const siteName = said("site-name");

/** Where the page leads on to: the server has decided that, and why it will not be reached, if it will not. */
export const destination = { url: said("continue"), fault: said("continue-fault") };

/** Whom the cookies of this login are for. */
export const cookieHolder = said("cookie-domain") || location.hostname;

/** What made a browser drop the cookies, as far as the page can tell. */
export function cookieFault() {
  if (said("cookie-secure") === "true" && !isSecureContext) return "cookies_scheme";
  const isHeld = location.hostname === cookieHolder || location.hostname.endsWith(`.${cookieHolder}`);
  return isHeld ? "cookies_dropped" : "cookies_domain";
}

/** The host that the server was asked for, where a proxy has changed it. */
export const wrongHost = said("asked-host") === location.host ? "" : said("asked-host");
