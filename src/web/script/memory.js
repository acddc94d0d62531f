// What the page keeps in this browser from one visit to the next. Where storage is blocked, it forgets.

const nameOf = (what) => `jwtgate.${what}`;

export function recall(what) {
  try {
    return localStorage.getItem(nameOf(what));
  } catch {
    return null;
  }
}

export function remember(what, value) {
  try {
    localStorage.setItem(nameOf(what), value);
  } catch {
    // it holds until the page is left
  }
}
