// What makes a new password weak, as far as that can be told without the server, which knows the commonest ones.

export const mostCharacters = 128;

/** How few characters are enough: the server says it. */
export const leastCharacters = () => Number(document.querySelector('meta[name="password-min-length"]').content);

/** The one spelling that the server compares and counts (RFC 8265 section 4.2). */
const prepared = (password) => password.replace(/\p{Zs}/gu, " ").normalize("NFC");

const lower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The name of its weakness in the texts, or undefined. */
export function weaknessOf(password, { current, userName }) {
  const wanted = prepared(password);
  const { length } = [...wanted];
  if (/\p{Cc}/u.test(wanted)) return "control";
  if (length < leastCharacters()) return "short";
  if (length > mostCharacters) return "long";
  if (lower(wanted) === lower(userName)) return "name";
  if (wanted === prepared(current)) return "same";
  return undefined;
}
