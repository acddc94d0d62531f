// A field for a new password, and below it what makes that weak, else the rule.
import { leastCharacters, mostCharacters } from "./password_rules.js";
import { texts } from "./texts.js";

/**
 * `weakness` names what is wrong with the value, or yields undefined. `show` says it in the language of the page; `refuse` yields
 * whether it is too weak to send, and then leads there.
 */
export function newPassword(input, below, weakness) {
  const found = () => (input.value ? weakness() : undefined);
  /** A weakness is an error once the user has left the field or tried to send it. */
  const mark = (isWrong) => input.setAttribute("aria-invalid", isWrong);

  function show() {
    const weak = found();
    const words = weak ? texts().weakness[weak](leastCharacters(), mostCharacters) : texts().passwordRule(leastCharacters());
    if (below.textContent !== words) below.textContent = words;
    if (!weak) mark(false);
  }

  function refuse() {
    if (!weakness()) return false;
    mark(true);
    input.focus();
    return true;
  }

  input.form.addEventListener("input", show);
  input.form.addEventListener("reset", () => setTimeout(show));
  input.addEventListener("change", () => mark(Boolean(found())));
  return { show, refuse };
}
