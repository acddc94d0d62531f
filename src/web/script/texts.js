// Everything that the page says, in every language that it speaks.
import { recall, remember } from "./memory.js";

const english = {
  language: "English",
  logIn: "Log in",
  userName: "User name",
  password: "Password",
  showPassword: "Show password",
  titleLoggedIn: "Logged in",
  loggedInAs: "Logged in as",
  roles: "Roles",
  none: "none",
  sessionSince: "Session since",
  sessionUntil: "Session until",
  forDevelopers: "For developers",
  callProtected: "Call /protected",
  refresh: "Refresh",
  logOut: "Log out",
  answer: "Answer of /protected",
  accessToken: "Access token",
  expiresIn: "Expires in",
  renewedIn: "Implicit refresh in",
  due: "due",
  never: "never",
  decodedToken: "Decoded token",
  header: "Header",
  claims: "Claims",

  renewLater: (when) => `From ${when} on, any call renews the token.`,
  renewNow: "The next call renews the token.",
  renewNever: "Calls do not renew this token: refresh it, or log in again.",
  expired: "It has expired. The next call gets a new one with the refresh token.",

  loggedIn: "You are logged in.",
  loggedOut: "You are logged out.",
  loggedOutElsewhere: "You were logged out in another tab.",
  answered: "The token was accepted.",
  refreshed: (until) => `Refreshed. The new access token is valid until ${until}.`,
  renewed: (until) => `The access token was renewed on the way. The new one is valid until ${until}.`,
  again: (span) => ` Try again in ${span}.`,

  claim: {
    alg: "algorithm",
    kid: "key",
    typ: "kind of object",
    fresh: "password just entered",
    iat: "issued",
    jti: "token number",
    type: "kind of token",
    sub: "user",
    nbf: "valid from",
    csrf: "CSRF value",
    aud: "audience",
    iss: "issuer",
    exp: "expires",
    sid: "session",
    roles: "roles",
    sxp: "end of implicit refresh",
  },

  refusal: {
    bad_credentials: "The user name or the password is wrong.",
    too_many_failures: "Too many failed logins.",
    busy: "The server is busy.",
    token_missing: "There is no token. Log in.",
    token_malformed: "The token is not one of this server. Log in again.",
    token_signature: "The signature of the token is not right. Log in again.",
    token_expired: "The session has expired. Log in again.",
    token_not_yet_valid: "The clock of the server was set back: your session is not valid yet. Trying again every few seconds.",
    token_revoked: "The session was ended. Log in again.",
    token_type: "This kind of token is not accepted here. Log in again.",
    token_not_fresh: "This needs your password once more. Log in again.",
    cookies_dropped: "The browser did not keep the cookies. Use https, or start the server with --cookie-secure false.",
    csrf: "Refused: the CSRF value does not belong to this session. Reload the page.",
    cross_site: "Refused: the request seems to come from another site.",
    bad_request: "The server did not understand the request.",
    media_type: "The server does not accept this kind of content.",
    too_large: "This is more than the server accepts.",
    network: "The server cannot be reached. Check the connection.",
    unexpected: (status) => `The server gave an unexpected answer (${status}).`,
  },
};

const korean = {
  language: "한국어",
  logIn: "로그인",
  userName: "사용자 이름",
  password: "비밀번호",
  showPassword: "비밀번호 표시",
  titleLoggedIn: "로그인됨",
  loggedInAs: "로그인한 사용자:",
  roles: "역할",
  none: "없음",
  sessionSince: "세션 시작",
  sessionUntil: "세션 종료",
  forDevelopers: "개발자용",
  callProtected: "/protected 호출",
  refresh: "갱신",
  logOut: "로그아웃",
  answer: "/protected의 응답",
  accessToken: "액세스 토큰",
  expiresIn: "만료까지",
  renewedIn: "자동 갱신까지",
  due: "지금",
  never: "없음",
  decodedToken: "토큰 내용",
  header: "헤더",
  claims: "클레임",

  renewLater: (when) => `${when}부터는 어떤 호출이든 토큰을 갱신합니다.`,
  renewNow: "다음 호출이 토큰을 갱신합니다.",
  renewNever: "호출해도 갱신되지 않는 토큰입니다. 직접 갱신하거나 다시 로그인하세요.",
  expired: "만료되었습니다. 다음 호출이 리프레시 토큰으로 새 토큰을 받습니다.",

  loggedIn: "로그인했습니다.",
  loggedOut: "로그아웃했습니다.",
  loggedOutElsewhere: "다른 탭에서 로그아웃했습니다.",
  answered: "토큰이 승인되었습니다.",
  refreshed: (until) => `갱신했습니다. 새 액세스 토큰은 ${until}까지 유효합니다.`,
  renewed: (until) => `호출하면서 액세스 토큰이 갱신되었습니다. 새 토큰은 ${until}까지 유효합니다.`,
  again: (span) => ` ${span} 후에 다시 시도하세요.`,

  claim: {
    alg: "알고리즘",
    kid: "키",
    typ: "객체 종류",
    fresh: "방금 비밀번호 입력",
    iat: "발급",
    jti: "토큰 번호",
    type: "토큰 종류",
    sub: "사용자",
    nbf: "유효 시작",
    csrf: "CSRF 값",
    aud: "대상",
    iss: "발급자",
    exp: "만료",
    sid: "세션",
    roles: "역할",
    sxp: "자동 갱신 종료",
  },

  refusal: {
    bad_credentials: "사용자 이름이나 비밀번호가 올바르지 않습니다.",
    too_many_failures: "로그인에 너무 여러 번 실패했습니다.",
    busy: "서버가 바쁩니다.",
    token_missing: "토큰이 없습니다. 로그인하세요.",
    token_malformed: "이 서버의 토큰이 아닙니다. 다시 로그인하세요.",
    token_signature: "토큰의 서명이 올바르지 않습니다. 다시 로그인하세요.",
    token_expired: "세션이 만료되었습니다. 다시 로그인하세요.",
    token_not_yet_valid: "서버 시계가 뒤로 설정되어 세션이 아직 유효하지 않습니다. 몇 초마다 다시 시도합니다.",
    token_revoked: "세션이 종료되었습니다. 다시 로그인하세요.",
    token_type: "여기서는 이 종류의 토큰을 쓸 수 없습니다. 다시 로그인하세요.",
    token_not_fresh: "비밀번호를 다시 확인해야 합니다. 다시 로그인하세요.",
    cookies_dropped: "브라우저가 쿠키를 저장하지 않았습니다. https를 쓰거나 --cookie-secure false로 서버를 시작하세요.",
    csrf: "거부됨: CSRF 값이 이 세션의 것이 아닙니다. 페이지를 새로 고치세요.",
    cross_site: "거부됨: 다른 사이트에서 온 요청으로 보입니다.",
    bad_request: "서버가 요청을 이해하지 못했습니다.",
    media_type: "서버가 받지 않는 형식입니다.",
    too_large: "서버가 받는 크기를 넘었습니다.",
    network: "서버에 연결할 수 없습니다. 네트워크를 확인하세요.",
    unexpected: (status) => `서버가 예상하지 못한 응답을 보냈습니다(${status}).`,
  },
};

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

/** A refusal in words, with the time to wait where the server named one. */
export function explain({ code, status, wait }) {
  const words = texts().refusal[code] ?? texts().refusal.unexpected(status);
  return wait ? words + texts().again(span(wait)) : words;
}

/** A point in time, for example "Mar 5, 2026, 9:30:00 AM". */
export function moment(seconds) {
  return new Intl.DateTimeFormat(current, { dateStyle: "medium", timeStyle: "medium" }).format(seconds * 1000);
}

/** The same to the minute. */
export function minute(seconds) {
  return new Intl.DateTimeFormat(current, { dateStyle: "medium", timeStyle: "short" }).format(seconds * 1000);
}

/** To the second, without the date when it is today's. */
export function briefly(seconds) {
  const time = new Date(seconds * 1000);
  if (time.toDateString() !== new Date().toDateString()) return moment(seconds);
  return new Intl.DateTimeFormat(current, { timeStyle: "medium" }).format(time);
}

const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const unitOf = (seconds) => units.find(([, size]) => Math.abs(seconds) >= size) ?? units.at(-1);

/** How far away that is, for example "in 59 minutes"; to the minute where it is more than one. */
export function distance(seconds) {
  const whole = Math.abs(seconds) < 60 ? Math.round(seconds) : Math.round(seconds / 60) * 60;
  const [unit, size] = unitOf(whole);
  const numeric = unit === "second" ? "auto" : "always";
  return new Intl.RelativeTimeFormat(current, { numeric }).format(Math.round(whole / size), unit);
}

/** How long that is, rounded up, for example "15 minutes". */
function span(seconds) {
  const [unit, size] = unitOf(seconds);
  return new Intl.NumberFormat(current, { style: "unit", unit, unitDisplay: "long" }).format(Math.ceil(seconds / size));
}

/** A countdown, for example "59:07" or "1:00:00". */
export function clock(seconds) {
  const pad = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = pad(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`;
}
